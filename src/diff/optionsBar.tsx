import * as React from 'react';

import { useTrans } from '../api/context';
import { Checkbox, Segmented } from '../components';
import type { FileDiff, IDiffOptions } from './types';

/** How the diff is shown: split or inline, with or without outputs and metadata. */
export function OptionsBar(props: {
  diff: FileDiff | undefined;
  options: IDiffOptions;
  onChange: (options: IDiffOptions) => void;
}): React.JSX.Element | null {
  const trans = useTrans();
  const { diff, options, onChange } = props;
  if (diff?.type === 'binary') {
    return null;
  }
  return (
    <div className="jp-gitlab-OptionsBar">
      {diff?.type === 'notebook' && (
        <>
          <Checkbox
            checked={options.outputs}
            onChange={outputs => onChange({ ...options, outputs })}
          >
            {trans.__('Outputs')}
          </Checkbox>
          <Checkbox
            checked={options.metadata}
            onChange={metadata => onChange({ ...options, metadata })}
          >
            {trans.__('Metadata')}
          </Checkbox>
        </>
      )}
      <Segmented
        label={trans.__('Layout')}
        segments={[
          { value: 'split', label: trans.__('Split') },
          { value: 'inline', label: trans.__('Inline') }
        ]}
        value={options.mode}
        onChange={mode => onChange({ ...options, mode })}
      />
    </div>
  );
}
