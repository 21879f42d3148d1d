import type { IEditorLanguage } from '@jupyterlab/codemirror';
import * as React from 'react';

import { useTrans } from '../api/context';
import { Button } from '../components';
import { foldLines, type IRun } from './folding';
import { type RowTokens, useRowTokens } from './highlight';
import type { ICellLayer, OnComment } from './layer';
import { type ILine, inlineLines, isSame, leftOut, splitLines } from './lines';
import { Findable } from './screen/findable';
import { LazyBlock } from './screen/lazyBlock';
import { useDiffServices } from './services';
import { InlineRow, SplitRow } from './sourceLines';
import type { IDiffOptions, SourceRow } from './types';

/** Lines in one table; longer sources are made of several, each made when it comes near. */
const CHUNK = 200;

/** Pixels of a line. */
export const LINE_HEIGHT = 19;

export interface ISourceTableProps {
  rows: readonly SourceRow[];
  /** Position of the cell in the diff, `NO_CELL` for a text file. */
  cell: number;
  /** What the table shows, for screen readers. */
  label: string;
  language: IEditorLanguage | null;
  mode: IDiffOptions['mode'];
  layer: ICellLayer | null;
  /** Null where nothing can be commented. */
  onComment: OnComment | null;
  /** Marks the first row of each change as a place to go to (cells are places themselves). */
  stops?: boolean;
}

/** A source on both sides, line by line; long unchanged runs are folded. */
export const SourceTable = React.memo(function SourceTable(
  props: ISourceTableProps
): React.JSX.Element {
  const { rows, cell, mode, layer } = props;
  const { highlighter } = useDiffServices();
  const tokens = useRowTokens(highlighter, props.language, rows);
  const lines = React.useMemo(
    () => (mode === 'split' ? splitLines(rows, cell) : inlineLines(rows, cell)),
    [rows, cell, mode]
  );
  const runs = React.useMemo(
    () =>
      foldLines(
        lines,
        line =>
          layer !== null &&
          ((line.old !== null && layer.has(line.old.index)) ||
            (line.new !== null && layer.has(line.new.index)))
      ),
    [lines, layer]
  );
  const [opened, setOpened] = React.useState<ReadonlySet<number>>(new Set());
  const pieces = React.useMemo(
    () => chunks(runs, index => opened.has(index)),
    [runs, opened]
  );
  const open = React.useCallback(
    (from: number) => setOpened(before => new Set(before).add(from)),
    []
  );
  return (
    <div className="jp-gitlab-Source" data-mode={mode}>
      {pieces.map((piece, index) => (
        <LazyBlock
          key={piece[0].from}
          height={LINE_HEIGHT * weight(piece)}
          lines={weight(piece)}
          text={() =>
            piece.map(run => linesText(lines, run.from, run.to)).join('\n')
          }
          eager={index === 0}
          // A short source comes and goes with what it is in.
          keep={pieces.length === 1 || hasLayer(piece, lines, layer)}
        >
          {() => (
            <PieceTable
              {...props}
              piece={piece}
              lines={lines}
              tokens={tokens}
              onOpen={open}
            />
          )}
        </LazyBlock>
      ))}
    </div>
  );
});

interface IPieceProps extends ISourceTableProps {
  piece: readonly IRun[];
  lines: readonly ILine[];
  tokens: RowTokens;
  onOpen: (from: number) => void;
}

function PieceTable(props: IPieceProps): React.JSX.Element {
  const trans = useTrans();
  const { lines, mode, layer, tokens, onComment } = props;
  const Row = mode === 'split' ? SplitRow : InlineRow;
  return (
    <table className="jp-gitlab-SourceTable" aria-label={props.label}>
      {mode === 'split' ? <SplitColumns /> : <InlineColumns />}
      <tbody>
        {props.piece.map(run =>
          run.folded ? (
            <tr key={run.from} className="jp-gitlab-Fold">
              <td colSpan={mode === 'split' ? 6 : 4}>
                <Button
                  kind="link"
                  aria-expanded={false}
                  onClick={() => props.onOpen(run.from)}
                >
                  {trans._n(
                    '%1 unchanged line · show',
                    '%1 unchanged lines · show',
                    run.to - run.from
                  )}
                </Button>
                <Findable
                  text={() => linesText(lines, run.from, run.to)}
                  onFound={() => props.onOpen(run.from)}
                />
              </td>
            </tr>
          ) : (
            lines.slice(run.from, run.to).map((line, offset) => {
              const index = run.from + offset;
              const former = lines[index - 1];
              return (
                <React.Fragment key={index}>
                  <Gap
                    lines={leftOut(former, line)}
                    columns={mode === 'split' ? 6 : 4}
                  />
                  <Row
                    line={line}
                    tokens={tokens}
                    layer={layer}
                    onComment={onComment}
                    stop={
                      props.stops === true &&
                      !isSame(line) &&
                      (former === undefined || isSame(former))
                    }
                  />
                </React.Fragment>
              );
            })
          )
        )}
      </tbody>
    </table>
  );
}

/** Says that there are lines which the server has left out of a very long text. */
function Gap(props: {
  lines: number;
  columns: number;
}): React.JSX.Element | null {
  const trans = useTrans();
  const { lines, columns } = props;
  return lines === 0 ? null : (
    <tr className="jp-gitlab-Fold">
      <td colSpan={columns}>
        {trans._n(
          '%1 unchanged line, not shown',
          '%1 unchanged lines, not shown',
          lines
        )}
      </td>
    </tr>
  );
}

function InlineColumns(): React.JSX.Element {
  const trans = useTrans();
  return (
    <>
      <colgroup>
        <col className="jp-gitlab-col-number" />
        <col className="jp-gitlab-col-number" />
        <col className="jp-gitlab-col-sign" />
        <col />
      </colgroup>
      <thead className="jp-gitlab-hidden">
        <tr>
          <th scope="col">{trans.__('Old line')}</th>
          <th scope="col">{trans.__('New line')}</th>
          <th scope="col">{trans.__('Change')}</th>
          <th scope="col">{trans.__('Source')}</th>
        </tr>
      </thead>
    </>
  );
}

function SplitColumns(): React.JSX.Element {
  const trans = useTrans();
  return (
    <>
      <colgroup>
        <col className="jp-gitlab-col-number" />
        <col className="jp-gitlab-col-sign" />
        <col />
        <col className="jp-gitlab-col-number" />
        <col className="jp-gitlab-col-sign" />
        <col />
      </colgroup>
      <thead className="jp-gitlab-hidden">
        <tr>
          <th scope="col">{trans.__('Old line')}</th>
          <th scope="col">{trans.__('Change')}</th>
          <th scope="col">{trans.__('Old source')}</th>
          <th scope="col">{trans.__('New line')}</th>
          <th scope="col">{trans.__('Change')}</th>
          <th scope="col">{trans.__('New source')}</th>
        </tr>
      </thead>
    </>
  );
}

/** Cuts the runs into pieces of at most {@link CHUNK} lines; an opened run counts as shown. */
function chunks(
  runs: readonly IRun[],
  isOpened: (from: number) => boolean
): IRun[][] {
  const pieces: IRun[][] = [];
  let piece: IRun[] = [];
  let room = CHUNK;
  const close = () => {
    if (piece.length > 0) {
      pieces.push(piece);
    }
    piece = [];
    room = CHUNK;
  };
  for (const run of runs) {
    if (run.folded && !isOpened(run.from)) {
      piece.push(run);
      continue;
    }
    for (let from = run.from; from < run.to;) {
      const to = Math.min(run.to, from + room);
      piece.push({ from, to, folded: false });
      room -= to - from;
      from = to;
      if (room === 0) {
        close();
      }
    }
  }
  close();
  return pieces;
}

/** The text of some lines, for the browser's search. */
function linesText(lines: readonly ILine[], from: number, to: number): string {
  return lines
    .slice(from, to)
    .flatMap(line =>
      isSame(line)
        ? [line.new?.row.text]
        : [line.old?.row.text, line.new?.row.text]
    )
    .filter(text => text !== undefined)
    .join('\n');
}

function weight(piece: readonly IRun[]): number {
  return piece.reduce(
    (sum, run) => sum + (run.folded ? 1 : run.to - run.from),
    0
  );
}

function hasLayer(
  piece: readonly IRun[],
  lines: readonly ILine[],
  layer: ICellLayer | null
): boolean {
  return (
    layer !== null &&
    piece.some(
      run =>
        !run.folded &&
        lines
          .slice(run.from, run.to)
          .some(
            line =>
              (line.old && layer.has(line.old.index)) ||
              (line.new && layer.has(line.new.index))
          )
    )
  );
}
