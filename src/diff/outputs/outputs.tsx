import * as React from 'react';

import { useTrans } from '../../api/context';
import { Button } from '../../components';
import type { CellDiff, IDiffOptions, NotebookDiff } from '../types';
import { ChangedOutput } from './changedOutput';
import { OneOutput } from './oneOutput';

export interface IOutputsProps {
  folder: string;
  diff: NotebookDiff;
  cell: CellDiff;
  options: IDiffOptions;
}

/** The outputs of a cell: changed ones compared, unchanged ones folded. */
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
      {outputs.map((output, index) => {
        const { old, new: now } = output;
        if (output.kind === 'changed' && old && now) {
          return <ChangedOutput key={index} {...props} old={old} new={now} />;
        }
        const summary = now ?? old;
        return summary === null || (output.kind === 'same' && !shown) ? null : (
          <OneOutput
            key={index}
            {...props}
            kind={output.kind}
            side={now ? 'new' : 'old'}
            summary={summary}
          />
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
