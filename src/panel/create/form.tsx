import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { useAccount, useBranches } from '../../api/queries';
import { Checkbox, ErrorBox, Field } from '../../components';
import { DescriptionEditor } from '../../mergeRequest/fields/description';
import {
  LabelsPicker,
  MilestoneSelect,
  PeoplePicker
} from '../../mergeRequest/fields/pickers';
import { toPush } from '../actions/sync';
import type { ICurrent } from '../services';
import type { IFormValues } from './values';

export interface ICreateFormProps {
  current: ICurrent;
  values: IFormValues;
  onChange: (change: Partial<IFormValues>) => void;
  templates: readonly Schemas['Template'][];
  /** For the preview; null: none. */
  rendermime: IRenderMimeRegistry | null;
  error: unknown;
}

/** The form of a new merge request. */
export function CreateForm(props: ICreateFormProps): React.JSX.Element {
  const { current, values, onChange } = props;
  const trans = useTrans();
  const source = current.repository.branch ?? '';
  const { folder } = current;
  const me = useAccount(folder).data?.user_id;

  return (
    <div className="jp-gitlab-Form jp-gitlab-CreateForm">
      {props.error !== null && (
        <ErrorBox
          title={trans.__('The merge request was not opened.')}
          error={props.error}
        />
      )}
      <TargetField
        current={current}
        source={source}
        values={values}
        onChange={onChange}
      />
      <Field label={trans.__('Title')}>
        <input
          required
          value={values.title}
          maxLength={255}
          onChange={event => onChange({ title: event.target.value })}
        />
      </Field>
      <Field
        label={trans.__('Description')}
        help={trans.__('Markdown. Quick actions such as /label work too.')}
      >
        <DescriptionEditor
          value={values.description}
          onChange={description => onChange({ description })}
          templates={props.templates}
          rendermime={props.rendermime}
          rows={7}
        />
      </Field>
      <Field label={trans.__('Reviewers')}>
        <PeoplePicker
          folder={folder}
          selected={values.reviewers}
          onChange={reviewers => onChange({ reviewers })}
          without={me}
        />
      </Field>
      <Field label={trans.__('Assignees')}>
        <PeoplePicker
          folder={folder}
          selected={values.assignees}
          onChange={assignees => onChange({ assignees })}
        />
      </Field>
      <Field label={trans.__('Labels')}>
        <LabelsPicker
          folder={folder}
          selected={values.labels}
          onChange={labels => onChange({ labels })}
        />
      </Field>
      <Field label={trans.__('Milestone')}>
        <MilestoneSelect
          folder={folder}
          value={values.milestone}
          onChange={milestone => onChange({ milestone })}
        />
      </Field>
      <div className="jp-gitlab-CreateForm-options">
        <Checkbox
          checked={values.draft}
          onChange={draft => onChange({ draft })}
        >
          {trans.__('Draft: not ready to be merged')}
        </Checkbox>
        <Checkbox
          checked={values.squash}
          onChange={squash => onChange({ squash })}
        >
          {trans.__('Squash commits when merged')}
        </Checkbox>
        <Checkbox
          checked={values.removeSource}
          onChange={removeSource => onChange({ removeSource })}
        >
          {trans.__('Delete %1 on GitLab when merged', source)}
        </Checkbox>
      </div>
    </div>
  );
}

function TargetField(props: {
  current: ICurrent;
  source: string;
  values: IFormValues;
  onChange: (change: Partial<IFormValues>) => void;
}): React.JSX.Element {
  const trans = useTrans();
  const branches = useBranches(props.current.folder, true).data?.branches ?? [];
  const names = [
    ...new Set([props.values.target, ...branches.map(branch => branch.name)])
  ].filter(name => name !== '' && name !== props.source);
  const help = [trans.__('The source branch is %1.', props.source)];
  const unpushed = toPush(props.current);
  if (unpushed > 0) {
    help.push(
      trans._n(
        '%1 commit is pushed to GitLab first.',
        '%1 commits are pushed to GitLab first.',
        unpushed
      )
    );
  }
  return (
    <Field label={trans.__('Target branch')} help={help.join(' ')}>
      <select
        value={props.values.target}
        onChange={event => props.onChange({ target: event.target.value })}
      >
        {names.map(name => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </Field>
  );
}
