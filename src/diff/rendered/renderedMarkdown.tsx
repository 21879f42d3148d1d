import { MimeModel } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import * as React from 'react';

import { useTrans } from '../../api/context';
import { sourceSides } from '../highlight';
import { useDiffServices } from '../services';
import type { IDiffOptions, SourceRow } from '../types';
import { sourceText } from '../words';
import { alignBlocks } from './blocks';
import { markWords } from './marks';
import { layOut } from './page';

/** Two versions of a Markdown text as they read, with marks where words have changed. */
export const RenderedMarkdown = React.memo(function RenderedMarkdown(props: {
  rows: readonly SourceRow[];
  mode: IDiffOptions['mode'];
  label: string;
  /** Shown where only the source has changed, or nothing could be rendered. */
  source: React.ReactNode;
}): React.JSX.Element {
  const trans = useTrans();
  const { rendermime } = useDiffServices();
  const { rows, mode } = props;
  const ref = React.useRef<HTMLDivElement>(null);
  const [state, setState] = React.useState<'waiting' | 'done' | 'same'>(
    'waiting'
  );
  React.useEffect(() => {
    let stale = false;
    const sides = sourceSides(rows);
    const texts = [sides.old, sides.new];
    const renderers = texts.map(() =>
      rendermime.createRenderer('text/markdown')
    );
    Promise.all(renderers.map((each, index) => render(each, texts[index])))
      .then(() => {
        const host = ref.current;
        if (stale || !host) {
          return undefined;
        }
        const blocks = alignBlocks(renderers[0].node, renderers[1].node);
        if (
          sides.old !== sides.new &&
          blocks.every(block => block.kind === 'same')
        ) {
          setState('same');
          return undefined;
        }
        for (const block of blocks) {
          if (block.kind === 'changed' && block.old && block.new) {
            markWords(block.old, block.new);
          }
        }
        host.replaceChildren(...layOut(blocks, mode, trans));
        setState('done');
        return rendermime.latexTypesetter?.typeset(host);
      })
      .catch((reason: unknown) => {
        console.warn('Markdown could not be rendered.', reason);
        setState('same');
      });
    return () => {
      stale = true;
      renderers.forEach(each => each.dispose());
    };
  }, [rows, mode, rendermime, trans]);
  if (state === 'same') {
    return (
      <>
        <p className="jp-gitlab-Cell-note">
          {trans.__('It reads the same: only the source has changed.')}
        </p>
        {props.source}
      </>
    );
  }
  return (
    <>
      {state === 'waiting' && (
        <div className="jp-gitlab-LazyText">{sourceText(rows)}</div>
      )}
      <div
        ref={ref}
        className="jp-gitlab-Rendered"
        data-mode={mode}
        role="group"
        aria-label={props.label}
      />
    </>
  );
});

function render(renderer: IRenderMime.IRenderer, text: string): Promise<void> {
  return renderer.renderModel(
    new MimeModel({ data: { 'text/markdown': text }, trusted: false })
  );
}
