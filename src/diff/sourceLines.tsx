import * as React from 'react';

import type { RowTokens } from './highlight';
import type { ICellLayer, OnComment } from './layer';
import { type ILine, isSame } from './lines';
import { CodeText, CommentButton, SignCell } from './sourceRow';
import type { IRowPlace } from './types';

export interface ILineProps {
  line: ILine;
  tokens: RowTokens;
  layer: ICellLayer | null;
  onComment: OnComment | null;
  /** The first row of a change, where `j` and `k` stop. */
  stop: boolean;
}

/** Names the row in the page, for those who select rows. */
function placeName(place: IRowPlace): string {
  return `${place.cell}:${place.index}`;
}

/** A line of the inline view, and what hangs on it. */
export const InlineRow = React.memo(function InlineRow(
  props: ILineProps
): React.JSX.Element {
  const { line, layer, onComment } = props;
  // One of the two sides is there, or both are the same.
  const place = (line.new ?? line.old) as IRowPlace;
  const { row } = place;
  return (
    <>
      <tr
        className={`jp-gitlab-Line jp-gitlab-mod-${row.kind}`}
        tabIndex={-1}
        data-gitlab-row=""
        data-gitlab-stop={props.stop ? '' : undefined}
      >
        <td className="jp-gitlab-Number" data-gitlab-place={placeName(place)}>
          {onComment && <CommentButton place={place} onComment={onComment} />}
          {row.old_number}
        </td>
        <td className="jp-gitlab-Number" data-gitlab-place={placeName(place)}>
          {row.new_number}
        </td>
        <SignCell kind={row.kind} />
        <td className="jp-gitlab-Code">
          <CodeText row={row} tokens={props.tokens(place.index)} />
        </td>
      </tr>
      {layer?.has(place.index) && (
        <tr className="jp-gitlab-Below">
          <td colSpan={4}>{layer.below(place)}</td>
        </tr>
      )}
    </>
  );
});

/** A line of the split view, and what hangs on either side of it. */
export const SplitRow = React.memo(function SplitRow(
  props: ILineProps
): React.JSX.Element {
  const { line, layer } = props;
  const same = isSame(line);
  const below = (place: IRowPlace | null) =>
    place !== null && layer?.has(place.index) ? layer.below(place) : null;
  const oldBelow = same ? null : below(line.old);
  const newBelow = below(line.new);
  return (
    <>
      <tr
        className="jp-gitlab-Line"
        tabIndex={-1}
        data-gitlab-row=""
        data-gitlab-stop={props.stop ? '' : undefined}
      >
        <HalfRow {...props} place={line.old} side="old" same={same} />
        <HalfRow {...props} place={line.new} side="new" same={same} />
      </tr>
      {(oldBelow !== null || newBelow !== null) && (
        <tr className="jp-gitlab-Below">
          <td colSpan={3}>{oldBelow}</td>
          <td colSpan={3}>{newBelow}</td>
        </tr>
      )}
    </>
  );
});

function HalfRow(
  props: ILineProps & {
    place: IRowPlace | null;
    side: 'old' | 'new';
    same: boolean;
  }
): React.JSX.Element {
  const { place, side, same, onComment } = props;
  const kind = place === null ? 'none' : place.row.kind;
  const className = `jp-gitlab-mod-${kind}`;
  const number = side === 'old' ? place?.row.old_number : place?.row.new_number;
  return (
    <>
      <td
        className={`jp-gitlab-Number ${className}`}
        data-gitlab-place={place ? placeName(place) : undefined}
        data-gitlab-half={side}
      >
        {place && onComment && (
          <CommentButton
            place={place}
            oldHalf={same && side === 'old'}
            onComment={onComment}
          />
        )}
        {number}
      </td>
      <SignCell kind={place?.row.kind ?? null} className={className} />
      <td className={`jp-gitlab-Code ${className}`} data-side={side}>
        {place && (
          <CodeText row={place.row} tokens={props.tokens(place.index)} />
        )}
      </td>
    </>
  );
}
