import type { IOutput } from '@jupyterlab/nbformat';
import { type IRenderMimeRegistry, OutputModel } from '@jupyterlab/rendermime';
import * as React from 'react';

import { useTrans } from '../api/context';
import { Button, ErrorBox, Skeleton } from '../components';
import { useWidget } from '../components/markdown';
import { useNear } from './lazy';
import { type IOutputRequest, useOutput } from './queries';
import { useDiffServices } from './services';
import type { OutputSummary } from './types';
import { byteSize } from './words';

/** Bytes above which an output is only fetched when asked for. */
const MAX_AUTOMATIC = 2_000_000;

const SVG = 'image/svg+xml';

/** One output of one side: fetched when it comes near, rendered as untrusted. */
export function OutputView(props: {
  summary: OutputSummary;
  request: IOutputRequest;
  /** Called after the output has been put on the page. */
  onRendered?: (element: HTMLElement) => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { summary, request, onRendered } = props;
  const ref = React.useRef<HTMLDivElement>(null);
  const near = useNear(ref);
  const [asked, setAsked] = React.useState(false);
  const large = summary.size > MAX_AUTOMATIC;
  const query = useOutput(request, near && (!large || asked));
  return (
    <div
      ref={ref}
      className="jp-gitlab-CellOutput-view"
      data-kind={summary.kind}
    >
      {query.data ? (
        <RenderedOutput
          output={query.data.output as unknown as IOutput}
          onRendered={onRendered}
        />
      ) : query.error ? (
        <ErrorBox
          title={trans.__('The output could not be read.')}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : large && !asked ? (
        <Button onClick={() => setAsked(true)}>
          {trans.__('Show output (%1)', byteSize(summary.size))}
        </Button>
      ) : (
        <Skeleton lines={2} />
      )}
    </div>
  );
}

/** The output through JupyterLab's renderers; what they can't show safely is shown as text. */
const RenderedOutput = React.memo(function RenderedOutput(props: {
  output: IOutput;
  onRendered?: (element: HTMLElement) => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { rendermime } = useDiffServices();
  const { output, onRendered } = props;
  const model = React.useMemo(
    () => new OutputModel({ value: output, trusted: false }),
    [output]
  );
  React.useEffect(() => () => model.dispose(), [model]);
  const svg = svgUrl(model, rendermime);
  const make = React.useCallback(() => {
    const mimeType = rendermime.preferredMimeType(model.data, 'ensure');
    if (mimeType === undefined || svg !== null) {
      return null;
    }
    const renderer = rendermime.createRenderer(mimeType);
    renderer
      .renderModel(model)
      .then(() => onRendered?.(renderer.node))
      .catch((reason: unknown) => {
        renderer.node.textContent = String(reason);
      });
    return renderer;
  }, [model, rendermime, onRendered, svg]);
  const host = useWidget(make);
  if (svg !== null) {
    return (
      <div className="jp-RenderedImage">
        <img src={svg} alt={trans.__('Picture in the output')} />
      </div>
    );
  }
  return rendermime.preferredMimeType(model.data, 'ensure') === undefined ? (
    <p className="jp-gitlab-muted">
      {trans.__(
        'This output (%1) can only be shown in the notebook itself.',
        Object.keys(model.data).join(', ')
      )}
    </p>
  ) : (
    <div ref={host} className="jp-OutputArea-output" />
  );
});

/** An SVG as a picture, in which nothing runs and nothing is loaded, if there is no better picture of it. */
function svgUrl(
  model: OutputModel,
  rendermime: IRenderMimeRegistry
): string | null {
  const source = model.data[SVG];
  const other = rendermime.preferredMimeType(model.data, 'ensure');
  return typeof source === 'string' &&
    (other === undefined || other === 'text/plain')
    ? `data:${SVG};charset=utf-8,${encodeURIComponent(source)}`
    : null;
}
