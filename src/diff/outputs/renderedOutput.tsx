import type { IOutput } from '@jupyterlab/nbformat';
import { type IRenderMimeRegistry, OutputModel } from '@jupyterlab/rendermime';
import * as React from 'react';

import { useTrans } from '../../api/context';
import { Button } from '../../components';
import { useWidget } from '../../components/markdown';
import { useDiffServices } from '../services';
import type { OutputBody } from './body';
import { remoteHosts } from './remote';

const SVG = 'image/svg+xml';

/** The output through JupyterLab's renderers; what they can't show safely is shown as text. */
export const RenderedOutput = React.memo(function RenderedOutput(props: {
  output: OutputBody;
}): React.JSX.Element {
  const trans = useTrans();
  const { rendermime } = useDiffServices();
  const { output } = props;
  const [allowed, setAllowed] = React.useState(false);
  const model = React.useMemo(
    () =>
      new OutputModel({ value: output as unknown as IOutput, trusted: false }),
    [output]
  );
  React.useEffect(() => () => model.dispose(), [model]);
  const hosts = React.useMemo(() => {
    const type = rendermime.preferredMimeType(model.data, 'ensure');
    const data = type === undefined ? null : model.data[type];
    // Texts are sanitised, and JSON itself is shown as it is.
    return type === 'application/json' || typeof data === 'string'
      ? []
      : remoteHosts(data);
  }, [model, rendermime]);
  return allowed || hosts.length === 0 ? (
    <Rendered model={model} />
  ) : (
    <p className="jp-gitlab-muted">
      {trans.__('Drawing this output could load data from %1.', listed(hosts))}{' '}
      <Button kind="link" onClick={() => setAllowed(true)}>
        {trans.__('Draw it')}
      </Button>
    </p>
  );
});

/** The first few. */
function listed(hosts: readonly string[]): string {
  return hosts.slice(0, 3).join(', ') + (hosts.length > 3 ? ', …' : '');
}

function Rendered(props: { model: OutputModel }): React.JSX.Element {
  const trans = useTrans();
  const { rendermime } = useDiffServices();
  const { model } = props;
  const svg = svgUrl(model, rendermime);
  const alt = trans.__('Picture in the output');
  const make = React.useCallback(() => {
    const mimeType = rendermime.preferredMimeType(model.data, 'ensure');
    if (mimeType === undefined || svg !== null) {
      return null;
    }
    const renderer = rendermime.createRenderer(mimeType);
    renderer.renderModel(model).then(
      () => nameImages(renderer.node, alt),
      (reason: unknown) => {
        renderer.node.textContent = String(reason);
      }
    );
    return renderer;
  }, [model, rendermime, svg, alt]);
  const host = useWidget(make);
  if (svg !== null) {
    return (
      <div className="jp-RenderedImage">
        <img src={svg} alt={alt} />
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
}

/** Pictures that have no name of their own; in HTML an empty one means that there is nothing to say. */
const NAMELESS = 'img:not([alt]), .jp-RenderedImage img[alt=""]';

function nameImages(node: HTMLElement, alt: string): void {
  node.querySelectorAll(NAMELESS).forEach(image => {
    image.setAttribute('alt', alt);
  });
}

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
