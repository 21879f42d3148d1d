import * as React from 'react';

import { useTrans } from '../api/context';

/** A word or a number in a rounded box. */
export function Badge(props: {
  tone?: 'neutral' | 'brand' | 'success' | 'warning' | 'danger';
  children: React.ReactNode;
}): React.JSX.Element {
  return (
    <span
      className={`jp-gitlab-Badge jp-gitlab-mod-${props.tone ?? 'neutral'}`}
    >
      {props.children}
    </span>
  );
}

/** "+12 −3": lines added and removed; a side that is zero is left out. */
export function LineCounts(props: {
  added: number | null;
  removed: number | null;
}): React.JSX.Element | null {
  const trans = useTrans();
  const { added, removed } = props;
  if (added === null || removed === null) {
    return <span className="jp-gitlab-muted">{trans.__('binary')}</span>;
  }
  return (
    <span
      className="jp-gitlab-LineCounts"
      aria-label={trans.__('%1 lines added, %2 removed', added, removed)}
      role="img"
    >
      {added > 0 && <span className="jp-gitlab-mod-added">+{added}</span>}
      {removed > 0 && <span className="jp-gitlab-mod-removed">−{removed}</span>}
    </span>
  );
}
