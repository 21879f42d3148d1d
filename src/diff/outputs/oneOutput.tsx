import * as React from 'react';

import { useTrans } from '../../api/context';
import type { OutputDiff, OutputSummary } from '../types';
import { outputKindText } from '../words';
import { OutputFrame, OutputHead } from './outputFrame';
import { RenderedOutput } from './renderedOutput';
import { type IOutputsProps, outputRequest, useOutputs } from './useOutputs';

/** An output that has no other version beside it. */
export function OneOutput(
  props: IOutputsProps & {
    kind: OutputDiff['kind'];
    side: 'old' | 'new';
    summary: OutputSummary;
  }
): React.JSX.Element {
  const trans = useTrans();
  const { kind, side, summary } = props;
  const word = outputKindText(summary.kind, trans);
  const label =
    kind === 'added'
      ? trans.__('+ Output added · %1', word)
      : kind === 'removed'
        ? trans.__('− Output removed · %1', word)
        : trans.__('Output, unchanged · %1', word);
  const ref = React.useRef<HTMLDivElement>(null);
  const outputs = useOutputs(
    ref,
    { request: outputRequest(props, side, summary), size: summary.size },
    null,
    props.eager
  );
  return (
    <div
      role="group"
      className="jp-gitlab-CellOutput"
      data-kind={kind}
      data-side={kind === 'same' ? 'both' : side}
      aria-label={label}
    >
      <OutputHead words={[label]} />
      <OutputFrame ref={ref} outputs={outputs} kind={summary.kind}>
        {([body]) => <RenderedOutput output={body} />}
      </OutputFrame>
    </div>
  );
}
