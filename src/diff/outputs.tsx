import * as React from 'react';

import { useTrans } from '../api/context';
import { Button } from '../components';
import { OutputView } from './outputView';
import type { IOutputRequest } from './queries';
import { markTableChanges } from './tableMarks';
import type {
  CellDiff,
  NotebookDiff,
  OutputDiff,
  OutputSummary
} from './types';
import { outputKindText } from './words';

export interface IOutputsProps {
  folder: string;
  diff: NotebookDiff;
  cell: CellDiff;
}

/** The outputs of a cell: changed ones side by side, unchanged ones folded. */
export function Outputs(props: IOutputsProps): React.JSX.Element | null {
  const trans = useTrans();
  const [shown, setShown] = React.useState(false);
  const { outputs } = props.cell;
  const same = outputs.filter(output => output.kind === 'same').length;
  if (outputs.length === 0) {
    return null;
  }
  return (
    <div className="jp-gitlab-Outputs">
      {outputs.map((output, index) =>
        output.kind === 'same' && !shown ? null : (
          <OutputPair key={index} {...props} output={output} />
        )
      )}
      {same > 0 && (
        <div className="jp-gitlab-Outputs-fold">
          <Button
            kind="link"
            aria-expanded={shown}
            onClick={() => setShown(!shown)}
          >
            {shown
              ? trans._n(
                  'Hide %1 unchanged output',
                  'Hide %1 unchanged outputs',
                  same
                )
              : trans._n(
                  '%1 unchanged output · show',
                  '%1 unchanged outputs · show',
                  same
                )}
          </Button>
        </div>
      )}
    </div>
  );
}

function OutputPair(
  props: IOutputsProps & { output: OutputDiff }
): React.JSX.Element {
  const { output } = props;
  const elements = React.useRef<{ old?: HTMLElement; new?: HTMLElement }>({});
  const { old, new: now } = output;
  const tables = old?.kind === 'table' && now?.kind === 'table';
  const rendered = React.useCallback(
    (side: 'old' | 'new', element: HTMLElement) => {
      elements.current[side] = element;
      const { old: before, new: after } = elements.current;
      if (tables && before && after) {
        markTableChanges(before, after);
      }
    },
    [tables]
  );
  const onOld = React.useCallback(
    (element: HTMLElement) => rendered('old', element),
    [rendered]
  );
  const onNew = React.useCallback(
    (element: HTMLElement) => rendered('new', element),
    [rendered]
  );
  return (
    <div className="jp-gitlab-OutputPair" data-kind={output.kind}>
      {output.kind !== 'same' && old && (
        <OutputSide {...props} side="old" summary={old} onRendered={onOld} />
      )}
      {now && (
        <OutputSide {...props} side="new" summary={now} onRendered={onNew} />
      )}
    </div>
  );
}

function OutputSide(
  props: IOutputsProps & {
    output: OutputDiff;
    side: 'old' | 'new';
    summary: OutputSummary;
    onRendered: (element: HTMLElement) => void;
  }
): React.JSX.Element {
  const trans = useTrans();
  const { diff, cell, side, summary, output } = props;
  const file = side === 'old' ? diff.old : diff.new;
  const place = side === 'old' ? cell.old : cell.new;
  const kind = outputKindText(summary.kind, trans);
  const label =
    output.kind === 'same'
      ? trans.__('Output, unchanged · %1', kind)
      : output.kind === 'added'
        ? trans.__('+ Output added · %1', kind)
        : output.kind === 'removed'
          ? trans.__('− Output removed · %1', kind)
          : side === 'old'
            ? trans.__('− Output before · %1', kind)
            : trans.__('+ Output after · %1', kind);
  const request: IOutputRequest = {
    folder: props.folder,
    revision: file?.revision ?? '',
    path: file?.path.id ?? '',
    cell: place?.index ?? 0,
    output: summary.index,
    digest: summary.digest
  };
  return (
    <section
      className="jp-gitlab-CellOutput"
      data-side={output.kind === 'same' ? 'both' : side}
      aria-label={label}
    >
      <div className="jp-gitlab-CellOutput-label">{label}</div>
      <OutputView
        summary={summary}
        request={request}
        onRendered={props.onRendered}
      />
    </section>
  );
}
