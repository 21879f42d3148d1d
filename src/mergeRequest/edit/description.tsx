import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { useTemplates } from '../../api/queries';
import { Button } from '../../components';
import { Markdown } from '../../components/markdown';
import { useThreads } from '../../threads/context';
import { useDocument } from '../context';
import { DescriptionEditor } from '../fields/description';
import { EditForm, Pencil, useEditing } from './editable';
import { useKept } from './kept';

/** The description as it reads; with a pencil for those who may change it. */
export function EditableDescription(props: {
  mergeRequest: Schemas['MergeRequest'];
}): React.JSX.Element {
  const trans = useTrans();
  const { rendermime } = useThreads();
  const { mergeRequest } = props;
  const { description } = mergeRequest;
  const kept = useKept(mergeRequest, 'description', description);
  const { editing, open, close, form, pencil } = useEditing(kept.unsaved);
  const leave = () => {
    kept.forget();
    close();
  };
  return (
    <section
      className="jp-gitlab-Overview-description"
      aria-label={trans.__('Description')}
    >
      {editing ? (
        <EditForm
          ref={form}
          label={trans.__('Edit description')}
          saveLabel={kept.overtaken ? trans.__('Save over it') : undefined}
          change={() =>
            kept.text === description ? null : { description: kept.text }
          }
          onSaved={leave}
          onCancel={leave}
        >
          <Editor text={kept.text} onChange={kept.set} />
          {kept.overtaken && (
            <div className="jp-gitlab-EditForm-problem" role="status">
              {trans.__(
                'Somebody has changed the description on GitLab since you began. What they wrote:'
              )}
              <blockquote>
                <Markdown source={description} rendermime={rendermime} />
              </blockquote>
            </div>
          )}
        </EditForm>
      ) : (
        <>
          {description.trim() ? (
            <Markdown source={description} rendermime={rendermime} />
          ) : (
            <p className="jp-gitlab-muted">
              {trans.__('No description.')}{' '}
              {mergeRequest.can_update && (
                <Button kind="link" onClick={open}>
                  {trans.__('Write one')}
                </Button>
              )}
            </p>
          )}
          {mergeRequest.can_update && (
            <Pencil
              ref={pencil}
              label={trans.__('Edit description')}
              onClick={open}
            />
          )}
        </>
      )}
    </section>
  );
}

function Editor(props: {
  text: string;
  onChange: (text: string) => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { folder } = useDocument();
  const { rendermime } = useThreads();
  const templates = useTemplates(folder);
  return (
    <DescriptionEditor
      aria-label={trans.__('Description')}
      value={props.text}
      onChange={props.onChange}
      templates={templates.data?.templates ?? []}
      rendermime={rendermime}
      rows={12}
    />
  );
}
