import * as React from 'react';

import { useTrans } from '../../api/context';
import { SourceTable } from '../sourceTable';
import { type IDiffOptions, NO_CELL } from '../types';
import { textRows } from './textRows';

/** Two versions of a text, line by line. */
export function TextPair(props: {
  old: string;
  new: string;
  mode: IDiffOptions['mode'];
  label: string;
  /** What stands out: the name of an error. */
  strong?: boolean;
  /** Shown where the texts are the same, so that only colours can differ. */
  fallback: React.ReactNode;
}): React.JSX.Element {
  const trans = useTrans();
  const { old, new: now } = props;
  const rows = React.useMemo(() => textRows(old, now), [old, now]);
  if (rows.every(row => row.kind === 'same')) {
    return (
      <>
        <p className="jp-gitlab-CellOutput-note">
          {trans.__('The text is the same.')}
        </p>
        {props.fallback}
      </>
    );
  }
  return (
    <div
      className={`jp-gitlab-TextPair ${props.strong ? 'jp-gitlab-mod-strong' : ''}`}
    >
      <SourceTable
        rows={rows}
        cell={NO_CELL}
        label={props.label}
        language={null}
        mode={props.mode}
        layer={null}
        onComment={null}
      />
    </div>
  );
}
