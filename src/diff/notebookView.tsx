import * as React from 'react';

import { useTrans } from '../api/context';
import { Button } from '../components';
import { CellCard } from './cellCard';
import { foldCells } from './folding';
import type { IDiffLayer } from './layer';
import { MetadataTable } from './metadata';
import type { IDiffOptions, NotebookDiff } from './types';
import { quietText } from './words';

/** Cards made at once; the others when they come near. */
const EAGER = 4;

/** A notebook, cell by cell. */
export function NotebookView(props: {
  folder: string;
  diff: NotebookDiff;
  options: IDiffOptions;
  layer: IDiffLayer | null;
}): React.JSX.Element {
  const trans = useTrans();
  const { diff, options, layer } = props;
  const [opened, setOpened] = React.useState<ReadonlySet<number>>(new Set());
  const runs = React.useMemo(
    () =>
      foldCells(
        diff.cells,
        { outputs: options.outputs, metadata: options.metadata },
        index => layer?.cell(index) !== null && layer !== null
      ),
    [diff.cells, options.outputs, options.metadata, layer]
  );
  const onComment = layer?.comment ?? null;
  let made = 0;
  return (
    <>
      {diff.notes.map(note => (
        <p key={note} className="jp-gitlab-Diff-note">
          {note}
        </p>
      ))}
      {options.metadata && diff.metadata.length > 0 && (
        <section
          className="jp-gitlab-Cell"
          aria-label={trans.__('Metadata of the notebook')}
        >
          <header className="jp-gitlab-Cell-head">
            <span className="jp-gitlab-Cell-type">
              {trans.__('Notebook metadata')}
            </span>
            <span className="jp-gitlab-Cell-change">{trans.__('changed')}</span>
          </header>
          <MetadataTable changes={diff.metadata} />
        </section>
      )}
      {runs.map(run =>
        run.quiet !== null && !opened.has(run.from) ? (
          <div key={`fold-${run.from}`} className="jp-gitlab-CellFold">
            <Button
              kind="link"
              onClick={() => setOpened(new Set(opened).add(run.from))}
            >
              {trans.__(
                '%1 · show',
                quietText(run.quiet, run.to - run.from, trans)
              )}
            </Button>
          </div>
        ) : (
          diff.cells
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
                eager={made++ < EAGER}
              />
            ))
        )
      )}
    </>
  );
}
