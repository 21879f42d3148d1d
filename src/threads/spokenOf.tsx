import * as React from 'react';

import { useTrans } from '../api/context';
import { useRowTokens } from '../diff/highlight';
import { useNear } from '../diff/screen/screen';
import { useFileDiff } from '../diff/queries';
import { useDiffServices } from '../diff/services';
import { CodeText, SignCell } from '../diff/sourceRow';
import { type FileDiff, type IRowPlace, NO_CELL } from '../diff/types';
import { promptText } from '../diff/words';
import { useThreads } from './context';
import { LineIndex } from './placement';
import { rowsOf } from './range';
import type { LinePosition } from './types';
import { lineText } from './where';

/** Rows shown above the one that the thread is about. */
const ABOVE = 2;

/** What a thread spoke of, where that is not beside it: file, cell, line, and the line itself on its own version. */
export function SpokenOf(props: {
  position: LinePosition;
  /** Brings the reader to the thread's place in the diff. */
  onShow?: () => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { of } = useThreads();
  const { position, onShow } = props;
  const ref = React.useRef<HTMLDivElement>(null);
  const near = useNear(ref);
  const query = useFileDiff(
    near
      ? {
          folder: of.folder,
          old: position.diff_refs.base_sha,
          new: position.diff_refs.head_sha,
          oldPath: position.old_path.id,
          newPath: position.new_path.id
        }
      : null
  );
  const place = React.useMemo(() => {
    if (!query.data) {
      return null;
    }
    const spot = new LineIndex(query.data).find(position);
    return spot.kind === 'row' ? spot.place : null;
  }, [query.data, position]);
  const words = [
    position.new_path.display,
    query.data && place
      ? placeText(query.data, place, trans)
      : trans.__(
          'line %1 of the file',
          position.new_line ?? position.old_line ?? 0
        )
  ];
  if (position.outdated) {
    words.push(
      trans.__(
        'an earlier version (%1)',
        position.diff_refs.head_sha.slice(0, 8)
      )
    );
  }
  const text = words.join(' · ');
  return (
    <div ref={ref} className="jp-gitlab-SpokenOf">
      <div className="jp-gitlab-SpokenOf-head">
        {onShow ? (
          <button type="button" onClick={onShow}>
            {text}
          </button>
        ) : (
          text
        )}
      </div>
      {query.data && place && <Snippet diff={query.data} place={place} />}
    </div>
  );
}

function Snippet(props: {
  diff: FileDiff;
  place: IRowPlace;
}): React.JSX.Element {
  const trans = useTrans();
  const { highlighter } = useDiffServices();
  const { diff, place } = props;
  const rows = rowsOf(diff, place.cell);
  const language =
    diff.type !== 'notebook'
      ? highlighter.forFile((diff.new ?? diff.old)?.path.display ?? '')
      : diff.cells[place.cell].cell_type === 'code'
        ? highlighter.forKernel(diff.language)
        : null;
  const tokens = useRowTokens(highlighter, language, rows);
  const from = Math.max(0, place.index - ABOVE);
  return (
    <table
      className="jp-gitlab-SourceTable"
      aria-label={trans.__('The lines that the thread speaks of')}
    >
      <colgroup>
        <col className="jp-gitlab-col-number" />
        <col className="jp-gitlab-col-sign" />
        <col />
      </colgroup>
      <tbody>
        {rows.slice(from, place.index + 1).map((row, offset) => (
          <tr
            key={offset}
            className={`jp-gitlab-Line jp-gitlab-mod-${row.kind}`}
          >
            <td className="jp-gitlab-Number">
              {row.new_number ?? row.old_number}
            </td>
            <SignCell kind={row.kind} />
            <td className="jp-gitlab-Code">
              <CodeText row={row} tokens={tokens(from + offset)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** "In [7] line 11", "Markdown cell 3 line 2", "line 11". */
function placeText(
  diff: FileDiff,
  place: IRowPlace,
  trans: ReturnType<typeof useTrans>
): string {
  const line = lineText(place.row, trans);
  if (place.cell === NO_CELL || diff.type !== 'notebook') {
    return line;
  }
  const cell = diff.cells[place.cell];
  const prompt =
    promptText(cell, trans) ||
    trans.__('cell %1', ((cell.new ?? cell.old)?.index ?? 0) + 1);
  return `${prompt} ${line}`;
}
