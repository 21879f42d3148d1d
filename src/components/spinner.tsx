import * as React from 'react';

import { useTrans } from '../api/context';

/** A small turning ring; says `label` to screen readers when given. */
export function Spinner(props: { label?: string }): React.JSX.Element {
  return (
    <span
      className="jp-gitlab-Spinner"
      role={props.label ? 'status' : undefined}
      aria-label={props.label}
      aria-hidden={props.label ? undefined : true}
    />
  );
}

/** Grey lines in the shape of what is loading. */
export function Skeleton(props: { lines?: number }): React.JSX.Element {
  const trans = useTrans();
  const lines = props.lines ?? 3;
  return (
    <div
      className="jp-gitlab-Skeleton"
      role="status"
      aria-label={trans.__('Loading…')}
    >
      {Array.from({ length: lines }, (_, index) => (
        <div
          key={index}
          className="jp-gitlab-Skeleton-line"
          style={{ width: `${90 - ((index * 23) % 45)}%` }}
        />
      ))}
    </div>
  );
}
