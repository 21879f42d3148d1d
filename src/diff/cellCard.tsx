import {
  caretDownIcon,
  caretRightIcon,
  launchIcon
} from '@jupyterlab/ui-components';
import * as React from 'react';

import { useTrans } from '../api/context';
import { Button, Checkbox, IconButton, LineCounts } from '../components';
import { useCellMark } from './cellMarks';
import { commentIcon } from '../icons';
import type { ICellLayer, OnComment, OnCommentCell } from './layer';
import { MetadataTable } from './metadata';
import { Outputs } from './outputs/outputs';
import { RenderedMarkdown } from './rendered/renderedMarkdown';
import { Findable } from './screen/findable';
import { LazyBlock } from './screen/lazyBlock';
import { useDiffServices } from './services';
import { LINE_HEIGHT, SourceTable } from './sourceTable';
import {
  type CellDiff,
  type IDiffOptions,
  layoutOf,
  type NotebookDiff
} from './types';
import { cellTypeText, changeText, promptText, sourceText } from './words';

/** Pixels of an output that is not there yet. */
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
  onCommentCell: OnCommentCell | null;
  /** Made at once, for the first cells. */
  eager: boolean;
}

/** One cell on both sides: head, source, what hangs on it, outputs. */
export const CellCard = React.memo(function CellCard(
  props: ICellCardProps
): React.JSX.Element {
  const { cell, options, layer } = props;
  const trans = useTrans();
  const mark = useCellMark(cell);
  const viewed = mark?.viewed ?? false;
  const [closed, setClosed] = React.useState(false);
  // What was ticked off is out of the way, unless something was said about it.
  const away = viewed && layer === null;
  React.useEffect(() => setClosed(away), [away]);
  // Threads hang on lines of the source.
  const preferred = options.rendered && layer === null;
  const [chosen, setChosen] = React.useState<boolean | null>(null);
  const rendered = cell.cell_type === 'markdown' && (chosen ?? preferred);
  const open = React.useCallback(() => setClosed(false), []);
  const label = cellLabel(cell, trans);
  const changed = cell.kind !== 'same' || cell.moved;
  const text = () => sourceText(cell.rows);
  return (
    <div
      role="group"
      className="jp-gitlab-Cell"
      data-kind={cell.kind}
      data-viewed={viewed || undefined}
      data-gitlab-cell={props.index}
      data-gitlab-stop={changed ? '' : undefined}
      tabIndex={-1}
      aria-label={label}
    >
      <CellHead
        {...props}
        closed={closed}
        onClosed={setClosed}
        rendered={rendered}
        onRendered={setChosen}
        mark={mark}
      />
      {closed ? (
        <Findable text={text} onFound={open} />
      ) : (
        <LazyBlock
          height={bodyHeight(cell, options)}
          lines={cell.rows.length}
          text={text}
          eager={props.eager}
          keep={layer !== null}
        >
          {() => <CellBody {...props} label={label} rendered={rendered} />}
        </LazyBlock>
      )}
    </div>
  );
});

function CellHead(
  props: ICellCardProps & {
    closed: boolean;
    onClosed: (closed: boolean) => void;
    rendered: boolean;
    onRendered: (rendered: boolean) => void;
    mark: ReturnType<typeof useCellMark>;
  }
): React.JSX.Element {
  const trans = useTrans();
  const { files } = useDiffServices();
  const { diff, cell, closed, rendered } = props;
  const prompt = promptText(cell, trans);
  const counts = lineCounts(cell);
  const path = diff.new?.path.contents_path ?? null;
  const now = cell.new;
  return (
    <div className="jp-gitlab-Cell-head">
      <IconButton
        icon={closed ? caretRightIcon : caretDownIcon}
        label={closed ? trans.__('Open the cell') : trans.__('Fold the cell')}
        aria-expanded={!closed}
        onClick={() => props.onClosed(!closed)}
      />
      {prompt && <span className="jp-gitlab-Cell-prompt">{prompt}</span>}
      <span className="jp-gitlab-Cell-type">{cellTypeText(cell, trans)}</span>
      <span className="jp-gitlab-Cell-change">{changeText(cell, trans)}</span>
      <span className="jp-gitlab-Cell-space" />
      {counts.added + counts.removed > 0 && (
        <LineCounts added={counts.added} removed={counts.removed} />
      )}
      {cell.cell_type === 'markdown' && (
        <Button kind="link" onClick={() => props.onRendered(!rendered)}>
          {rendered ? trans.__('Source') : trans.__('Rendered')}
        </Button>
      )}
      {props.onCommentCell && (
        <IconButton
          icon={commentIcon}
          label={trans.__('Comment on the cell')}
          onClick={() => {
            props.onClosed(false);
            props.onCommentCell?.({
              cell: props.index,
              ...cellSide(cell),
              output: null
            });
          }}
        />
      )}
      {props.mark && (
        <Checkbox
          className="jp-gitlab-Cell-viewed"
          checked={props.mark.viewed}
          label={trans.__('Viewed this cell')}
          title={trans.__(
            'You have seen this cell. The mark falls when the cell changes.'
          )}
          onChange={props.mark.mark}
        />
      )}
      {files && path !== null && now && (
        <IconButton
          icon={launchIcon}
          label={trans.__('Open the cell in the notebook')}
          onClick={() =>
            files.openCell(path, { id: now.id ?? null, index: now.index })
          }
        />
      )}
    </div>
  );
}

function CellBody(
  props: ICellCardProps & { label: string; rendered: boolean }
): React.JSX.Element {
  const trans = useTrans();
  const { highlighter } = useDiffServices();
  const { diff, cell, options, layer, onCommentCell } = props;
  const language = React.useMemo(
    () =>
      cell.cell_type === 'code'
        ? highlighter.forKernel(diff.language)
        : cell.cell_type === 'markdown'
          ? highlighter.forMarkdown()
          : null,
    [highlighter, cell.cell_type, diff.language]
  );
  const mode = layoutOf(cell, options);
  const source = cell.rows.length > 0 && (
    <SourceTable
      rows={cell.rows}
      cell={props.index}
      label={trans.__('Source of the cell: %1', props.label)}
      language={language}
      mode={mode}
      layer={layer}
      onComment={props.onComment}
    />
  );
  return (
    <>
      {layer?.start}
      {props.rendered ? (
        <RenderedMarkdown
          rows={cell.rows}
          mode={mode}
          label={trans.__('The cell as it reads: %1', props.label)}
          source={source}
        />
      ) : (
        source
      )}
      {options.metadata && cell.metadata.length > 0 && (
        <MetadataTable changes={cell.metadata} />
      )}
      {options.outputs ? (
        <Outputs
          folder={props.folder}
          diff={diff}
          cell={cell}
          options={options}
          eager={props.eager}
          hung={layer?.outputs ?? null}
          onComment={
            onCommentCell &&
            ((side, output) =>
              onCommentCell({
                cell: props.index,
                side,
                index: cell[side]?.index ?? 0,
                output
              }))
          }
        />
      ) : (
        [...(layer?.outputs.values() ?? [])]
      )}
    </>
  );
}

/** The side on which a comment on the whole cell stands: the new one where there is one. */
function cellSide(cell: CellDiff): { side: 'old' | 'new'; index: number } {
  return cell.new
    ? { side: 'new', index: cell.new.index }
    : { side: 'old', index: cell.old?.index ?? 0 };
}

function cellLabel(cell: CellDiff, trans: ReturnType<typeof useTrans>): string {
  return [
    promptText(cell, trans),
    cellTypeText(cell, trans),
    changeText(cell, trans)
  ]
    .filter(word => word)
    .join(' ');
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
