import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { Checkbox, plainTitle } from '../../components';
import { EditForm, Pencil, useEditing } from './editable';
import { useKept } from './kept';

/** GitLab takes no longer one. */
const LONGEST = 255;

/** The title as a heading; with a pencil for those who may change it. */
export function EditableTitle(props: {
  mergeRequest: Schemas['MergeRequest'];
  /** Stands beside the heading. */
  children: React.ReactNode;
}): React.JSX.Element {
  const trans = useTrans();
  const { mergeRequest } = props;
  const now = plainTitle(mergeRequest);
  const kept = useKept(mergeRequest, 'title', now);
  const { editing, open, close, form, pencil } = useEditing(kept.unsaved);
  const [draft, setDraft] = React.useState(mergeRequest.draft);
  const leave = () => {
    kept.forget();
    close();
  };
  if (editing) {
    return (
      <EditForm
        ref={form}
        label={trans.__('Edit title')}
        problem={
          kept.text.trim() === ''
            ? trans.__('A merge request needs a title.')
            : null
        }
        change={() => {
          const title = kept.text.trim();
          return title === now && draft === mergeRequest.draft
            ? null
            : { title, draft };
        }}
        onSaved={leave}
        onCancel={leave}
      >
        <input
          className="jp-gitlab-input jp-gitlab-EditTitle"
          aria-label={trans.__('Title')}
          maxLength={LONGEST}
          value={kept.text}
          onChange={event => kept.set(event.target.value)}
        />
        {kept.overtaken && (
          <p className="jp-gitlab-EditForm-problem" role="status">
            {trans.__('Meanwhile it was changed on GitLab to “%1”.', now)}
          </p>
        )}
        {mergeRequest.state === 'opened' && (
          <Checkbox checked={draft} onChange={setDraft}>
            {trans.__('Draft: not ready to be merged')}
          </Checkbox>
        )}
      </EditForm>
    );
  }
  return (
    <>
      <h1>
        {now} <span className="jp-gitlab-muted">!{mergeRequest.iid}</span>
      </h1>
      {mergeRequest.can_update && (
        <Pencil
          ref={pencil}
          label={trans.__('Edit title')}
          onClick={() => {
            setDraft(mergeRequest.draft);
            open();
          }}
        />
      )}
      {props.children}
    </>
  );
}
