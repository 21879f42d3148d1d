import * as React from 'react';

/**
 * Text that is folded away, but found by the browser's own search, which then opens it.
 *
 * Where the browser does not know `hidden="until-found"` it is just hidden.
 */
export function Findable(props: {
  text: () => string;
  /** The search has found something in it and is about to go there. */
  onFound: () => void;
}): React.JSX.Element {
  const { onFound } = props;
  const ref = React.useRef<HTMLDivElement>(null);
  React.useLayoutEffect(() => {
    const element = ref.current;
    // React only knows the attribute as true or false.
    element?.setAttribute('hidden', 'until-found');
    element?.addEventListener('beforematch', onFound);
    return () => element?.removeEventListener('beforematch', onFound);
  }, [onFound]);
  return (
    <div ref={ref} className="jp-gitlab-LazyText" hidden>
      {props.text()}
    </div>
  );
}
