import * as React from 'react';

import { useTrans } from '../api/context';
import { Button } from '../components';
import { commentIcon } from '../icons';
import type { OnComment } from './layer';
import { type IToken, segments } from './segments';
import type { IRowPlace, SourceRow } from './types';

/** UTF-16 code units of a line that are shown at first; data URIs make lines of megabytes. */
const MAX_LINE = 4000;

/** The text of a line: colours, marks of what changed, and nothing that isn't part of it. */
export const CodeText = React.memo(function CodeText(props: {
  row: Pick<SourceRow, 'text' | 'spans'>;
  tokens: readonly IToken[];
}): React.JSX.Element {
  const trans = useTrans();
  const { row, tokens } = props;
  const [whole, setWhole] = React.useState(false);
  const cut = !whole && row.text.length > MAX_LINE;
  const text = cut ? row.text.slice(0, MAX_LINE) : row.text;
  return (
    <>
      <span className="jp-gitlab-Code-text">
        {segments(text, tokens, row.spans).map((segment, index) =>
          segment.marked ? (
            <mark key={index} className={segment.className}>
              {segment.text}
            </mark>
          ) : segment.className ? (
            <span key={index} className={segment.className}>
              {segment.text}
            </span>
          ) : (
            segment.text
          )
        )}
        {text === '' && '\n'}
      </span>
      {cut && (
        <Button
          kind="link"
          className="jp-gitlab-Code-more"
          onClick={() => setWhole(true)}
        >
          {trans.__('… %1 more characters · show', row.text.length - MAX_LINE)}
        </Button>
      )}
    </>
  );
});

/** "+", "−" or nothing, said aloud as a word. */
export function SignCell(props: {
  kind: SourceRow['kind'] | null;
  className?: string;
}): React.JSX.Element {
  const trans = useTrans();
  const { kind, className = '' } = props;
  return (
    <td className={`jp-gitlab-Sign ${className}`}>
      {kind === 'added' && (
        <span role="img" aria-label={trans.__('added')}>
          +
        </span>
      )}
      {kind === 'removed' && (
        <span role="img" aria-label={trans.__('removed')}>
          −
        </span>
      )}
    </td>
  );
}

/** The button at the left edge of a row that opens a comment box. */
export function CommentButton(props: {
  place: IRowPlace;
  /** The left half of an unchanged row, where a comment means the old side. */
  oldHalf?: boolean;
  onComment: OnComment;
}): React.JSX.Element | null {
  const trans = useTrans();
  const { row } = props.place;
  const anchor = (props.oldHalf ? row.old_half : row)?.anchor;
  if (!anchor) {
    return null;
  }
  const label =
    row.new_number === null || props.oldHalf
      ? trans.__('Comment on old line %1', row.old_number ?? 0)
      : trans.__('Comment on line %1', row.new_number);
  return (
    <button
      type="button"
      tabIndex={-1}
      className="jp-gitlab-RowComment"
      aria-label={label}
      title={label}
      onClick={() => props.onComment(props.place, anchor)}
    >
      <commentIcon.react tag="span" />
    </button>
  );
}
