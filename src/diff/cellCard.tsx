import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { useTrans } from '../api/context';
import { IconButton, LineCounts } from '../components';
import type { ICellLayer, OnComment } from './layer';
import { LazyBlock } from './lazy';
import { MetadataTable } from './metadata';
import { Outputs } from './outputs';
import { useDiffServices } from './services';
import { SourceTable } from './sourceTable';
import type { CellDiff, IDiffOptions, NotebookDiff } from './types';
import { cellTypeText, changeText, promptText } from './words';

/** Pixels of a source line and of an output that is not there yet. */
const LINE_HEIGHT = 19;
const OUTPUT_HEIGHT = 120;

export interface ICellCardProps {
  folder: string;
  diff: NotebookDiff;
  cell: CellDiff;
  /** Position among the diff's cells. */
  index: number;
  options: IDiffOptions;
  layer: ICellLayer | null;
  onComment: OnComment | null;
  /** Made at once, for the first cells. */
  eager: boolean;
}

/** One cell on both sides: head, source, what hangs on it, outputs. */
export const CellCard = React.memo(function CellCard(
  props: ICellCardProps
): React.JSX.Element {
  const trans = useTrans();
  const { cell, options, layer } = props;
  const [closed, setClosed] = React.useState(false);
  const prompt = promptText(cell, trans);
  const type = cellTypeText(cell, trans);
  const change = changeText(cell, trans);
  const counts = lineCounts(cell);
  const label = [prompt, type, change].filter(word => word).join(' ');
  const changed = cell.kind !== 'same' || cell.moved;
  return (
    <section
      className="jp-gitlab-Cell"
      data-kind={cell.kind}
      data-gitlab-stop={changed ? '' : undefined}
      tabIndex={-1}
      aria-label={label}
    >
      <header className="jp-gitlab-Cell-head">
        <IconButton
          icon={closed ? caretRightIcon : caretDownIcon}
          label={closed ? trans.__('Open the cell') : trans.__('Fold the cell')}
          aria-expanded={!closed}
          onClick={() => setClosed(!closed)}
        />
        {prompt && <span className="jp-gitlab-Cell-prompt">{prompt}</span>}
        <span className="jp-gitlab-Cell-type">{type}</span>
        <span className="jp-gitlab-Cell-change">{change}</span>
        <span className="jp-gitlab-Cell-space" />
        {counts.added + counts.removed > 0 && (
          <LineCounts added={counts.added} removed={counts.removed} />
        )}
      </header>
      {!closed && (
        <LazyBlock
          height={bodyHeight(cell, options)}
          eager={props.eager || layer !== null}
        >
          {() => <CellBody {...props} label={label} />}
        </LazyBlock>
      )}
    </section>
  );
});

function CellBody(
  props: ICellCardProps & { label: string }
): React.JSX.Element {
  const trans = useTrans();
  const { highlighter } = useDiffServices();
  const { diff, cell, options, layer } = props;
  const language = React.useMemo(
    () =>
      cell.cell_type === 'code'
        ? highlighter.forKernel(diff.language)
        : cell.cell_type === 'markdown'
          ? highlighter.forMarkdown()
          : null,
    [highlighter, cell.cell_type, diff.language]
  );
  return (
    <>
      {cell.rows.length > 0 && (
        <SourceTable
          rows={cell.rows}
          cell={props.index}
          label={trans.__('Source of the cell: %1', props.label)}
          language={language}
          mode={options.mode}
          layer={layer}
          onComment={props.onComment}
        />
      )}
      {options.metadata && cell.metadata.length > 0 && (
        <MetadataTable changes={cell.metadata} />
      )}
      {options.outputs && (
        <Outputs folder={props.folder} diff={diff} cell={cell} />
      )}
      {layer?.end}
    </>
  );
}

function lineCounts(cell: CellDiff): { added: number; removed: number } {
  let added = 0;
  let removed = 0;
  for (const row of cell.rows) {
    if (row.kind === 'added') {
      added++;
    } else if (row.kind === 'removed') {
      removed++;
    }
  }
  return { added, removed };
}

function bodyHeight(cell: CellDiff, options: IDiffOptions): number {
  const lines = cell.source_changed
    ? cell.rows.length
    : Math.min(cell.rows.length, 4);
  const outputs = options.outputs
    ? cell.outputs.filter(output => output.kind !== 'same').length
    : 0;
  return Math.min(lines, 60) * LINE_HEIGHT + outputs * OUTPUT_HEIGHT + 4;
}
