import * as React from 'react';
import { flushSync } from 'react-dom';

import { useTrans } from '../api/context';
import { Button } from '../components';
import { CellCard } from './cellCard';
import { foldCells, type ICellRun } from './folding';
import type { ICellJump } from './jump';
import type { IDiffLayer } from './layer';
import { MetadataTable } from './metadata';
import { formerPlaces } from './moves';
import { QuietFace } from './quietFace';
import { Findable } from './screen/findable';
import { useScreen } from './screen/screen';
import type { IDiffOptions, NotebookDiff } from './types';
import { movedAwayText, quietText, sourceText } from './words';

/** Cards whose contents are made at once; those of the others when they come near. */
const EAGER = 4;

/** Runs of cells that are made at once, and how many more each time after that. */
const FIRST = 15;
const MORE = 40;

export interface INotebookViewProps {
  folder: string;
  diff: NotebookDiff;
  options: IDiffOptions;
  layer: IDiffLayer | null;
  /** A cell to bring the reader to. */
  jump: ICellJump | null;
}

/** A notebook, cell by cell. */
export function NotebookView(props: INotebookViewProps): React.JSX.Element {
  const trans = useTrans();
  const { diff, options, layer, jump } = props;
  const { cells } = diff;
  const [opened, setOpened] = React.useState<ReadonlySet<number>>(new Set());
  const target = jump?.find(cells) ?? null;
  const runs = React.useMemo(
    () =>
      foldCells(
        cells,
        {
          outputs: options.outputs,
          outputOnly: options.outputOnly,
          metadata: options.metadata
        },
        index =>
          index === target || (layer !== null && layer.cell(index) !== null)
      ),
    [
      cells,
      options.outputs,
      options.outputOnly,
      options.metadata,
      layer,
      target
    ]
  );
  const wanted = runs.findIndex(({ to }) => target !== null && target < to);
  const count = useGrowing(runs.length, wanted + 1);
  const places = React.useMemo(() => formerPlaces(cells), [cells]);
  const open = React.useCallback(
    (from: number) => setOpened(before => new Set(before).add(from)),
    []
  );
  const { root } = useScreen();
  React.useEffect(() => {
    if (jump !== null && target !== null) {
      showCell(root, target);
    }
  }, [root, jump, target]);
  const onComment = layer?.comment ?? null;
  const onCommentCell = layer?.commentCell ?? null;
  let made = 0;
  return (
    <>
      {diff.notes.map(note => (
        <p key={note} className="jp-gitlab-Diff-note">
          {note}
        </p>
      ))}
      {options.metadata && diff.metadata.length > 0 && (
        <div
          role="group"
          className="jp-gitlab-Cell"
          aria-label={trans.__('Metadata of the notebook')}
        >
          <div className="jp-gitlab-Cell-head">
            <span className="jp-gitlab-Cell-type">
              {trans.__('Notebook metadata')}
            </span>
            <span className="jp-gitlab-Cell-change">{trans.__('changed')}</span>
          </div>
          <MetadataTable changes={diff.metadata} />
        </div>
      )}
      {runs.every(run => run.quiet !== null) && (
        <QuietFace diff={diff} options={options} />
      )}
      {runs.slice(0, count).map(run => (
        <React.Fragment key={run.from}>
          <MovedAway diff={diff} places={places} from={run.from} to={run.to} />
          {run.quiet !== null && !opened.has(run.from) ? (
            <CellFold run={run} diff={diff} onOpen={open} />
          ) : (
            cells
              .slice(run.from, run.to)
              .map((cell, offset) => (
                <CellCard
                  key={run.from + offset}
                  folder={props.folder}
                  diff={diff}
                  cell={cell}
                  index={run.from + offset}
                  options={options}
                  layer={layer?.cell(run.from + offset) ?? null}
                  onComment={onComment}
                  onCommentCell={onCommentCell}
                  eager={made++ < EAGER || run.from + offset === target}
                />
              ))
          )}
        </React.Fragment>
      ))}
      {count >= runs.length && (
        <MovedAway
          diff={diff}
          places={places}
          from={cells.length}
          to={cells.length + 1}
        />
      )}
    </>
  );
}

/** How many of many are made: some at once, the others while nothing else is to be done. */
function useGrowing(total: number, wanted: number): number {
  const { pacer } = useScreen();
  const [count, setCount] = React.useState(FIRST);
  React.useEffect(() => {
    if (count < total) {
      return pacer.idle(() => flushSync(() => setCount(count + MORE)), 0);
    }
    return undefined;
  }, [pacer, count, total]);
  return Math.max(count, wanted);
}

/** Cells that need no card, in one line that says what they hold. */
const CellFold = React.memo(function CellFold(props: {
  run: ICellRun;
  diff: NotebookDiff;
  onOpen: (from: number) => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { run, diff, onOpen } = props;
  const open = React.useCallback(() => onOpen(run.from), [onOpen, run.from]);
  return (
    <>
      <div className="jp-gitlab-CellFold">
        <Button kind="link" aria-expanded={false} onClick={open}>
          {trans.__(
            '%1 · show',
            quietText(run.quiet ?? 'unchanged', run.to - run.from, trans)
          )}
        </Button>
      </div>
      <Findable
        text={() =>
          diff.cells
            .slice(run.from, run.to)
            .map(cell => sourceText(cell.rows))
            .join('\n')
        }
        onFound={open}
      />
    </>
  );
});

/** Says at their old place where cells have gone to. */
function MovedAway(props: {
  diff: NotebookDiff;
  places: ReadonlyMap<number, readonly number[]>;
  from: number;
  to: number;
}): React.JSX.Element | null {
  const trans = useTrans();
  const { diff, places, from, to } = props;
  const gone: number[] = [];
  for (let place = from; place < to; place++) {
    gone.push(...(places.get(place) ?? []));
  }
  return (
    <>
      {gone.map(index => (
        <div key={index} className="jp-gitlab-CellFold jp-gitlab-mod-moved">
          <Button
            kind="link"
            onClick={({ currentTarget }) =>
              showCell(currentTarget.closest('.jp-gitlab-Diff'), index)
            }
          >
            {trans.__('%1 · go there', movedAwayText(diff.cells[index], trans))}
          </Button>
        </div>
      ))}
    </>
  );
}

/** Brings a cell of the view into sight and gives it the focus. */
function showCell(root: Element | null, index: number): void {
  const card = root?.querySelector<HTMLElement>(
    `[data-gitlab-cell="${index}"]`
  );
  card?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: 'start' });
}
