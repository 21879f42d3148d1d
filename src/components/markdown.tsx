import { MimeModel, type IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';
import * as React from 'react';

/** Puts a Lumino widget into a React tree for as long as the element lives; it is disposed with it. */
export function useWidget(
  make: () => Widget | null
): React.RefObject<HTMLDivElement> {
  const host = React.useRef<HTMLDivElement>(null);
  React.useLayoutEffect(() => {
    const node = host.current;
    const widget = make();
    if (!node || !widget) {
      return;
    }
    if (node.isConnected) {
      Widget.attach(widget, node);
    } else {
      node.appendChild(widget.node);
    }
    return () => {
      // A widget whose element was taken away with the page around it can't be detached any more.
      if (!widget.isAttached || widget.node.isConnected) {
        widget.dispose();
      }
    };
  }, [make]);
  return host;
}

export interface IMarkdownProps {
  /** Markdown as typed on GitLab. */
  source: string;
  /** One made by `safeRendermime`. */
  rendermime: IRenderMimeRegistry;
}

/** Markdown that others wrote, through JupyterLab's sanitising renderer. */
export const Markdown = React.memo(function Markdown(
  props: IMarkdownProps
): React.JSX.Element {
  const { source, rendermime } = props;
  const make = React.useCallback(() => {
    const renderer = rendermime.createRenderer('text/markdown');
    const model = new MimeModel({
      data: { 'text/markdown': withoutMarkers(source) },
      trusted: false
    });
    renderer
      .renderModel(model)
      .then(() => nameTasks(renderer.node))
      .catch((reason: unknown) => {
        renderer.node.textContent = source;
        console.warn('Markdown could not be rendered.', reason);
      });
    return renderer;
  }, [source, rendermime]);
  const host = useWidget(make);
  return <div ref={host} className="jp-gitlab-Markdown" />;
});

/** The boxes of a task list get the words beside them as their names. */
function nameTasks(node: HTMLElement): void {
  for (const box of node.querySelectorAll('li > input[type="checkbox"]')) {
    box.setAttribute(
      'aria-label',
      box.parentElement?.textContent?.trim() ?? ''
    );
  }
}

/** HTML comments, which GitLab does not show either. */
function withoutMarkers(source: string): string {
  return source.replace(/<!--[\s\S]*?-->/g, '');
}
