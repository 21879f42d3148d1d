import { caretDownIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { useTrans } from '../api/context';
import {
  Button,
  type MenuEntry,
  openMenuBelow,
  Segmented
} from '../components';
import { hasReading } from './faces';
import type { FileDiff, IDiffOptions } from './types';

export interface IOptionsProps {
  diff: FileDiff | undefined;
  options: IDiffOptions;
  onChange: (options: IDiffOptions) => void;
}

/** How the diff is shown: split or inline, rendered or as source, and what is left out. */
export function OptionsBar(props: IOptionsProps): React.JSX.Element | null {
  const trans = useTrans();
  const { diff, options, onChange } = props;
  if (diff && (diff.type === 'binary' || diff.equal)) {
    return null;
  }
  const oneSided = diff !== undefined && !(diff.old && diff.new);
  return (
    <div className="jp-gitlab-OptionsBar">
      {diff && hasReading(diff) && (
        <Segmented
          label={trans.__('Markdown and tables')}
          segments={[
            { value: 'rendered', label: trans.__('Rendered') },
            { value: 'source', label: trans.__('Source') }
          ]}
          value={options.rendered ? 'rendered' : 'source'}
          onChange={value =>
            onChange({ ...options, rendered: value === 'rendered' })
          }
        />
      )}
      {!oneSided && (
        <Segmented
          label={trans.__('Layout')}
          segments={[
            { value: 'split', label: trans.__('Split') },
            { value: 'inline', label: trans.__('Inline') }
          ]}
          value={options.mode}
          onChange={mode => onChange({ ...options, mode })}
        />
      )}
      <ShowButton {...props} />
    </div>
  );
}

/** What is shown and what is not, as a menu of ticks. */
function ShowButton(props: IOptionsProps): React.JSX.Element {
  const trans = useTrans();
  const { diff, options, onChange } = props;
  const entry = (
    name: 'outputs' | 'outputOnly' | 'metadata' | 'whitespace',
    label: string,
    enabled = true
  ): MenuEntry => ({
    label,
    enabled,
    toggled: options[name],
    execute: () => onChange({ ...options, [name]: !options[name] })
  });
  return (
    <Button
      className="jp-gitlab-OptionsBar-show"
      aria-haspopup="menu"
      aria-expanded="false"
      onClick={event =>
        openMenuBelow(event.currentTarget, [
          ...(diff?.type === 'text'
            ? []
            : [
                entry('outputs', trans.__('Outputs')),
                entry(
                  'outputOnly',
                  trans.__('Cells with changed outputs only'),
                  options.outputs
                ),
                entry('metadata', trans.__('Metadata'))
              ]),
          entry('whitespace', trans.__('Changes in white space'))
        ])
      }
    >
      {trans.__('Show')}
      <caretDownIcon.react tag="span" />
    </Button>
  );
}
