import * as React from 'react';

import { useTrans } from '../../api/context';
import { commentIcon } from '../../icons';

/** An output, the button at its left edge that opens a comment box, and what hangs on it. */
export function OutputSlot(props: {
  /** Counted from 1. */
  number: number;
  hung: readonly React.ReactNode[];
  onComment: (() => void) | null;
  children: React.ReactNode;
}): React.JSX.Element {
  const trans = useTrans();
  const { hung, onComment } = props;
  const label = trans.__('Comment on output %1', props.number);
  return (
    <div className="jp-gitlab-OutputSlot">
      {onComment && (
        <button
          type="button"
          className="jp-gitlab-RowComment"
          aria-label={label}
          title={label}
          onClick={onComment}
        >
          <commentIcon.react tag="span" />
        </button>
      )}
      {props.children}
      {hung.map((node, index) => (
        <React.Fragment key={index}>{node}</React.Fragment>
      ))}
    </div>
  );
}
