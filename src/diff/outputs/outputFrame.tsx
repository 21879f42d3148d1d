import * as React from 'react';

import { useTrans } from '../../api/context';
import { Button, ErrorBox, Skeleton } from '../../components';
import { byteSize } from '../words';
import type { OutputBody } from './body';
import type { IOutputs } from './useOutputs';

/** What an output is, what is known of it, and how it is shown. */
export function OutputHead(props: {
  words: readonly string[];
  children?: React.ReactNode;
}): React.JSX.Element {
  return (
    <div className="jp-gitlab-CellOutput-head">
      <span className="jp-gitlab-CellOutput-label">
        {props.words.filter(word => word).join(' · ')}
      </span>
      {props.children}
    </div>
  );
}

/** What stands in place of outputs that are not there: a question, a failure, a sign that they are coming. */
export const OutputFrame = React.forwardRef<
  HTMLDivElement,
  {
    outputs: IOutputs;
    kind: string;
    /** Shown above what stands in place of the outputs. */
    head?: React.ReactNode;
    children: (bodies: readonly OutputBody[]) => React.ReactNode;
  }
>(function OutputFrame(props, ref) {
  const trans = useTrans();
  const { outputs } = props;
  const { bodies, error, waiting, height } = outputs;
  return (
    <div
      ref={ref}
      className="jp-gitlab-CellOutput-view"
      data-kind={props.kind}
      // The room is kept, so that nothing moves.
      style={bodies || height === null ? undefined : { minHeight: height }}
      data-gitlab-ready={bodies ? '' : undefined}
    >
      {bodies ? (
        props.children(bodies)
      ) : (
        <>
          {props.head}
          {error ? (
            <ErrorBox
              title={trans.__('The output could not be read.')}
              error={error}
              onRetry={outputs.retry}
            />
          ) : waiting !== null ? (
            <Button onClick={outputs.ask}>
              {trans.__('Show output (%1)', byteSize(waiting))}
            </Button>
          ) : (
            <Skeleton lines={2} />
          )}
        </>
      )}
    </div>
  );
});
