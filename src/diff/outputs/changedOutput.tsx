import * as React from 'react';

import { useTrans } from '../../api/context';
import { PicturePair } from '../images/picturePair';
import { compareTables } from '../tables/compare';
import { parseTable } from '../tables/table';
import { TableDiff } from '../tables/tableDiff';
import type { IDiffOptions, OutputSummary } from '../types';
import { outputKindText } from '../words';
import {
  errorName,
  htmlOf,
  type OutputBody,
  pictureOf,
  textOf,
  tracebackOf
} from './body';
import { OutputFrame, OutputHead } from './outputFrame';
import { RenderedOutput } from './renderedOutput';
import { TextPair } from './textPair';
import { type IOutputsProps, outputRequest, useOutputs } from './useOutputs';

/** Two versions of an output, compared in the way that suits what they are. */
export function ChangedOutput(
  props: IOutputsProps & { old: OutputSummary; new: OutputSummary }
): React.JSX.Element {
  const trans = useTrans();
  const { old, new: now, options } = props;
  const ref = React.useRef<HTMLDivElement>(null);
  const outputs = useOutputs(
    ref,
    { request: outputRequest(props, 'old', old), size: old.size },
    { request: outputRequest(props, 'new', now), size: now.size },
    props.eager
  );
  const kind = outputKindText(now.kind, trans);
  const label =
    old.kind === now.kind
      ? trans.__('Output changed · %1', kind)
      : trans.__(
          'Output changed · %1 → %2',
          outputKindText(old.kind, trans),
          kind
        );
  return (
    <div
      role="group"
      className="jp-gitlab-CellOutput"
      data-kind="changed"
      aria-label={label}
    >
      <OutputFrame
        ref={ref}
        outputs={outputs}
        kind={now.kind}
        head={<OutputHead words={[label]} />}
      >
        {([before, after]) => (
          <Compared
            before={before}
            after={after}
            old={old}
            new={now}
            options={options}
            label={label}
          />
        )}
      </OutputFrame>
    </div>
  );
}

interface IComparedProps {
  before: OutputBody;
  after: OutputBody;
  old: OutputSummary;
  new: OutputSummary;
  options: IDiffOptions;
  label: string;
}

function Compared(props: IComparedProps): React.JSX.Element {
  const { before, after, old, new: now, options, label } = props;
  if (old.kind === now.kind) {
    switch (now.kind) {
      case 'text':
        return (
          <>
            <OutputHead words={[label]} />
            <TextPair
              old={textOf(before)}
              new={textOf(after)}
              mode={options.mode}
              label={label}
              fallback={<Sides {...props} />}
            />
          </>
        );
      case 'error':
        return <ErrorPair {...props} />;
      case 'table':
        return <TablePair {...props} />;
      case 'image':
        return <ImagePair {...props} />;
    }
  }
  return <BothRendered {...props} />;
}

/** What an error says, and where it comes from. */
function ErrorPair(props: IComparedProps): React.JSX.Element {
  const trans = useTrans();
  const { before, after, options, label } = props;
  const names = [errorName(before), errorName(after)];
  return (
    <>
      <OutputHead words={[label]} />
      {names[0] === names[1] ? (
        <p className="jp-gitlab-ErrorName">{names[0]}</p>
      ) : (
        <TextPair
          old={names[0]}
          new={names[1]}
          mode={options.mode}
          label={trans.__('Error')}
          strong
          fallback={null}
        />
      )}
      <TextPair
        old={tracebackOf(before)}
        new={tracebackOf(after)}
        mode={options.mode}
        label={trans.__('Traceback')}
        fallback={<Sides {...props} />}
      />
    </>
  );
}

/** Pictures, where both sides hold one that can be shown. */
function ImagePair(props: IComparedProps): React.JSX.Element {
  const { before, after, options, label } = props;
  const old = React.useMemo(() => pictureOf(before), [before]);
  const now = React.useMemo(() => pictureOf(after), [after]);
  return old && now ? (
    <PicturePair
      old={old}
      new={now}
      mode={options.images}
      name={label}
      head={switcher => <OutputHead words={[label]}>{switcher}</OutputHead>}
    />
  ) : (
    <BothRendered {...props} />
  );
}

/** Tables value by value, where both sides hold one. */
function TablePair(props: IComparedProps): React.JSX.Element {
  const trans = useTrans();
  const { before, after, options, label } = props;
  const found = React.useMemo(() => {
    const tables = [parseTable(htmlOf(before)), parseTable(htmlOf(after))];
    return (
      tables[0] &&
      tables[1] && {
        diff: compareTables(tables[0], tables[1]),
        captions: [...new Set(tables.map(table => table?.caption ?? ''))]
      }
    );
  }, [before, after]);
  if (!found || found.diff.rows.every(row => row.kind === 'same')) {
    return <BothRendered {...props} />;
  }
  const { diff, captions } = found;
  return (
    <>
      <OutputHead
        words={[
          label,
          diff.values > 0
            ? trans._n('%1 value changed', '%1 values changed', diff.values)
            : '',
          captions.filter(caption => caption).join(' → ')
        ]}
      />
      <TableDiff diff={diff} label={label} mode={options.mode} />
    </>
  );
}

/** Anything else: both versions as the notebook shows them. */
function BothRendered(props: IComparedProps): React.JSX.Element {
  return (
    <>
      <OutputHead words={[props.label]} />
      <Sides {...props} />
    </>
  );
}

function Sides(props: IComparedProps): React.JSX.Element {
  const trans = useTrans();
  return (
    <div className="jp-gitlab-OutputPair">
      <div role="group" data-side="old" aria-label={trans.__('Before')}>
        <OutputHead words={[trans.__('− Before')]} />
        <RenderedOutput output={props.before} />
      </div>
      <div role="group" data-side="new" aria-label={trans.__('After')}>
        <OutputHead words={[trans.__('+ After')]} />
        <RenderedOutput output={props.after} />
      </div>
    </div>
  );
}
