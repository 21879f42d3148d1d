import * as React from 'react';

import { useTrans } from '../../api/context';
import { Button } from '../../components';
import { outputKey, type Side } from '../layer';
import type { OutputDiff } from '../types';
import { ChangedOutput } from './changedOutput';
import { OneOutput } from './oneOutput';
import type { IOutputsProps } from './useOutputs';
import { OutputSlot } from './outputSlot';

/** The outputs of a cell: changed ones compared, unchanged ones folded unless something hangs on them. */
export function Outputs(
  props: IOutputsProps & {
    /** What hangs on them, by `outputKey`; null: nothing. */
    hung: ReadonlyMap<string, React.ReactNode> | null;
    /** Null where nothing can be commented. */
    onComment: ((side: Side, index: number) => void) | null;
  }
): React.JSX.Element | null {
  const trans = useTrans();
  const [shown, setShown] = React.useState(false);
  const { hung, onComment } = props;
  const { outputs } = props.cell;
  const hungOn = (output: OutputDiff): React.ReactNode[] =>
    (['old', 'new'] as const).flatMap(side => {
      const index = output[side]?.index;
      const node =
        index === undefined ? undefined : hung?.get(outputKey(side, index));
      return node === undefined ? [] : [node];
    });
  const isFolded = (output: OutputDiff): boolean =>
    output.kind === 'same' && hungOn(output).length === 0;
  const same = outputs.filter(isFolded).length;
  if (outputs.length === 0) {
    return null;
  }
  return (
    <div className="jp-gitlab-Outputs">
      {outputs.map((output, index) => {
        const { old, new: now } = output;
        const summary = now ?? old;
        if (summary === null || (isFolded(output) && !shown)) {
          return null;
        }
        const side = now ? 'new' : 'old';
        return (
          <OutputSlot
            key={index}
            number={index + 1}
            hung={hungOn(output)}
            onComment={onComment && (() => onComment(side, summary.index))}
          >
            {output.kind === 'changed' && old && now ? (
              <ChangedOutput {...props} old={old} new={now} />
            ) : (
              <OneOutput
                {...props}
                kind={output.kind}
                side={side}
                summary={summary}
              />
            )}
          </OutputSlot>
        );
      })}
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
