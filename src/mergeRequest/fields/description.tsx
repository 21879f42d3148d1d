import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { Segmented } from '../../components';
import { Markdown } from '../../components/markdown';

export interface IDescriptionEditorProps {
  id?: string;
  'aria-describedby'?: string;
  'aria-label'?: string;
  value: string;
  onChange: (value: string) => void;
  templates: readonly Schemas['Template'][];
  /** One made by `safeRendermime`; null: no preview. */
  rendermime: IRenderMimeRegistry | null;
  rows?: number;
}

/** A text in Markdown with its preview, and the project's templates to start from. */
export function DescriptionEditor(
  props: IDescriptionEditorProps
): React.JSX.Element {
  const trans = useTrans();
  const { value, onChange, rendermime, rows = 8 } = props;
  const [view, setView] = React.useState<'write' | 'preview'>('write');
  return (
    <div className="jp-gitlab-DescriptionEditor">
      <div className="jp-gitlab-DescriptionEditor-head">
        {rendermime && (
          <Segmented
            label={trans.__('Write or preview')}
            segments={[
              { value: 'write', label: trans.__('Write') },
              { value: 'preview', label: trans.__('Preview') }
            ]}
            value={view}
            onChange={setView}
          />
        )}
        <span className="jp-gitlab-spacer" />
        <TemplateSelect {...props} />
      </div>
      <textarea
        id={props.id}
        aria-describedby={props['aria-describedby']}
        aria-label={props['aria-label']}
        className="jp-gitlab-input"
        rows={rows}
        value={value}
        hidden={view === 'preview'}
        onChange={event => onChange(event.target.value)}
      />
      {rendermime && view === 'preview' && (
        <div
          className="jp-gitlab-DescriptionEditor-preview"
          role="region"
          aria-label={trans.__('Preview')}
          tabIndex={0}
        >
          {value.trim() ? (
            <Markdown source={value} rendermime={rendermime} />
          ) : (
            <p className="jp-gitlab-muted">{trans.__('Nothing to preview.')}</p>
          )}
        </div>
      )}
    </div>
  );
}

/** Puts a template into the text: in its place if that is empty or a template as it came, else below it. */
function TemplateSelect(
  props: IDescriptionEditorProps
): React.JSX.Element | null {
  const trans = useTrans();
  const { templates, value, onChange } = props;
  if (templates.length === 0) {
    return null;
  }
  const untouched =
    value.trim() === '' || templates.some(each => each.content === value);
  const current = templates.find(each => each.content === value);
  return (
    <select
      className="jp-gitlab-input jp-gitlab-DescriptionEditor-templates"
      aria-label={trans.__('Template')}
      value={current?.name ?? ''}
      onChange={event => {
        const chosen = templates.find(each => each.name === event.target.value);
        if (chosen) {
          onChange(
            untouched
              ? chosen.content
              : `${value.trimEnd()}\n\n${chosen.content}`
          );
        }
      }}
    >
      <option value="">
        {untouched
          ? trans.__('Start from a template…')
          : trans.__('Add a template below…')}
      </option>
      {templates.map(template => (
        <option key={template.name}>{template.name}</option>
      ))}
    </select>
  );
}
