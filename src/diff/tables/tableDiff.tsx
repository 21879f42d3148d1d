import * as React from 'react';

import { useTrans } from '../../api/context';
import { Button } from '../../components';
import { Findable } from '../screen/findable';
import { SignCell } from '../sourceRow';
import type { IDiffOptions } from '../types';
import type { IPair, ITableDiff, ITableRow } from './compare';

/** Unchanged rows shown beside a change; longer runs are folded. */
const CONTEXT = 1;
const MIN_FOLD = 4;

/** Rows on the page at first, and how many more each time. */
const FIRST_ROWS = 200;
const MORE_ROWS = 1000;

export interface ITableDiffProps {
  diff: ITableDiff;
  /** For screen readers. */
  label: string;
}

/** Two tables: as one with old and new values in its cells, or side by side. */
export function TableDiff(
  props: ITableDiffProps & { mode: IDiffOptions['mode'] }
): React.JSX.Element {
  const trans = useTrans();
  const { diff, label, mode } = props;
  if (mode === 'inline') {
    return <OneTable diff={diff} label={label} side="both" />;
  }
  return (
    <div className="jp-gitlab-TablePair">
      <OneTable diff={diff} label={trans.__('%1, before', label)} side="old" />
      <OneTable diff={diff} label={trans.__('%1, after', label)} side="new" />
    </div>
  );
}

type Side = 'old' | 'new' | 'both';

const OneTable = React.memo(function OneTable(
  props: ITableDiffProps & { side: Side }
): React.JSX.Element {
  const trans = useTrans();
  const { diff, label, side } = props;
  const [opened, setOpened] = React.useState<ReadonlySet<number>>(new Set());
  const [count, setCount] = React.useState(FIRST_ROWS);
  const open = (from: number) => setOpened(before => new Set(before).add(from));
  const columns = diff.columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => side === 'both' || column[side] !== null);
  const shown = React.useMemo(
    () => tableRuns(diff.rows, side, opened),
    [diff.rows, side, opened]
  );
  return (
    <div
      className="jp-gitlab-TableDiff-scroll"
      data-side={side}
      role="group"
      aria-label={label}
      tabIndex={0}
      onScroll={scrollTogether}
    >
      <table className="jp-gitlab-TableDiff" aria-label={label}>
        <thead>
          <tr>
            <td className="jp-gitlab-Sign" />
            {columns.map(({ column, index }) =>
              column.old || column.new ? (
                <th key={index} scope="col" data-kind={column.kind}>
                  <Value pair={column} side={side} />
                </th>
              ) : (
                // The corner above the names of the rows heads nothing.
                <td key={index} />
              )
            )}
          </tr>
        </thead>
        <tbody>
          {shown.slice(0, count).map(item =>
            'row' in item ? (
              <tr key={item.index} data-kind={item.row.kind}>
                <SignCell kind={signOf(item.row)} />
                {columns.map(({ index }) => (
                  <Cell
                    key={index}
                    pair={item.row.cells[index]}
                    side={side}
                    head={index < diff.names}
                  />
                ))}
              </tr>
            ) : (
              <tr key={`fold-${item.from}`} className="jp-gitlab-Fold">
                <td colSpan={columns.length + 1}>
                  <Button
                    kind="link"
                    aria-expanded={false}
                    onClick={() => open(item.from)}
                  >
                    {trans._n(
                      '%1 unchanged row · show',
                      '%1 unchanged rows · show',
                      item.to - item.from
                    )}
                  </Button>
                  <FoldedRows
                    rows={diff.rows.slice(item.from, item.to)}
                    onFound={() => open(item.from)}
                  />
                </td>
              </tr>
            )
          )}
        </tbody>
      </table>
      {shown.length > count && (
        <Button kind="link" onClick={() => setCount(count + MORE_ROWS)}>
          {trans._n(
            '%1 more row · show',
            '%1 more rows · show',
            shown.length - count
          )}
        </Button>
      )}
    </div>
  );
});

function FoldedRows(props: {
  rows: readonly ITableRow[];
  onFound: () => void;
}): React.JSX.Element {
  const { rows, onFound } = props;
  return (
    <Findable
      text={() =>
        rows
          .map(row => row.cells.map(cell => cell.new ?? cell.old).join('\t'))
          .join('\n')
      }
      onFound={onFound}
    />
  );
}

function Cell(props: {
  pair: IPair;
  side: Side;
  head: boolean;
}): React.JSX.Element {
  const { pair, side, head } = props;
  const value = <Value pair={pair} side={side} />;
  return head ? (
    <th scope="row">{value}</th>
  ) : (
    <td data-kind={pair.kind}>{value}</td>
  );
}

/** A value; where it changed, both in one cell, or the one of the side. */
function Value(props: { pair: IPair; side: Side }): React.JSX.Element {
  const { pair, side } = props;
  const { old, new: now } = pair;
  if (pair.kind === 'same') {
    return <>{side === 'old' ? old : now}</>;
  }
  return (
    <>
      {old !== null && side !== 'new' && (
        <del className="jp-gitlab-Mark">{old}</del>
      )}
      {old !== null && now !== null && side === 'both' && ' '}
      {now !== null && side !== 'old' && (
        <ins className="jp-gitlab-Mark">{now}</ins>
      )}
    </>
  );
}

function signOf(row: ITableRow): 'added' | 'removed' | null {
  return row.kind === 'added' || row.kind === 'removed' ? row.kind : null;
}

/** The rows of a side; unchanged ones away from any change in runs. */
function tableRuns(
  rows: readonly ITableRow[],
  side: Side,
  opened: ReadonlySet<number>
): ({ row: ITableRow; index: number } | { from: number; to: number })[] {
  const near = new Uint8Array(rows.length);
  rows.forEach((row, index) => {
    if (row.kind !== 'same') {
      near.fill(1, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
    }
  });
  const items = [];
  for (let from = 0; from < rows.length;) {
    let to = from + 1;
    while (to < rows.length && near[to] === near[from]) {
      to++;
    }
    if (!near[from] && to - from >= MIN_FOLD && !opened.has(from)) {
      items.push({ from, to });
    } else {
      for (let index = from; index < to; index++) {
        const row = rows[index];
        const missing =
          (side === 'old' && row.kind === 'added') ||
          (side === 'new' && row.kind === 'removed');
        if (!missing) {
          items.push({ row, index });
        }
      }
    }
    from = to;
  }
  return items;
}

/** Tables that stand beside each other scroll together. */
function scrollTogether(event: React.UIEvent<HTMLElement>): void {
  const { scrollTop, scrollLeft, parentElement } = event.currentTarget;
  parentElement
    ?.querySelectorAll('.jp-gitlab-TableDiff-scroll')
    .forEach(other => {
      if (other !== event.currentTarget) {
        other.scrollTo(scrollLeft, scrollTop);
      }
    });
}
