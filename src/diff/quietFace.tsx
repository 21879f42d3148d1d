import * as React from 'react';

import { useTrans } from '../api/context';
import { Button, EmptyState } from '../components';
import { useChangeOptions } from './settings';
import type { IDiffOptions, NotebookDiff } from './types';

/** Stands above cells that are all folded, and leads to the changes that are left out. */
export function QuietFace(props: {
  diff: NotebookDiff;
  options: IDiffOptions;
}): React.JSX.Element | null {
  const trans = useTrans();
  const change = useChangeOptions();
  const { diff, options } = props;
  const outputs = diff.cells.some(cell => cell.outputs_changed);
  const metadata =
    diff.metadata.length > 0 ||
    diff.cells.some(cell => cell.metadata.length > 0);
  if (diff.equal || (metadata && options.metadata)) {
    return null;
  }
  return (
    <EmptyState
      title={
        outputs
          ? trans.__('No changes in code')
          : trans.__('No changes in code or outputs')
      }
      actions={
        <>
          {outputs && (
            <Button onClick={() => change({ outputs: true, outputOnly: true })}>
              {trans.__('Show changed outputs')}
            </Button>
          )}
          {metadata && (
            <Button onClick={() => change({ metadata: true })}>
              {trans.__('Show changed metadata')}
            </Button>
          )}
        </>
      }
    >
      {outputs || metadata || !options.whitespace
        ? trans.__('Other changes are left out, as chosen under “Show”.')
        : null}
    </EmptyState>
  );
}
