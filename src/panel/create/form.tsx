import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import {
  useAccount,
  useBranches,
  useLabels,
  useMembers
} from '../../api/queries';
import { Checkbox, ErrorBox, Field } from '../../components';
import { Picker } from '../../components/picker';
import { toPush } from '../actions/sync';
import type { ICurrent } from '../services';
import type { IFormValues } from './values';

export interface ICreateFormProps {
  current: ICurrent;
  values: IFormValues;
  onChange: (change: Partial<IFormValues>) => void;
  templates: Schemas['Templates'] | undefined;
  error: unknown;
}

/** The form of a new merge request. */
export function CreateForm(props: ICreateFormProps): React.JSX.Element {
  const { current, values, onChange } = props;
  const trans = useTrans();
  const source = current.repository.branch ?? '';
  const account = useAccount(current.folder).data;

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
      <TemplateField {...props} />
      <Field
        label={trans.__('Description')}
        help={trans.__('Markdown. Quick actions such as /label work too.')}
      >
        <textarea
          rows={7}
          value={values.description}
          onChange={event => onChange({ description: event.target.value })}
        />
      </Field>
      <Reviewers {...props} />
      <LabelsField {...props} />
      <div className="jp-gitlab-CreateForm-options">
        <Checkbox
          checked={values.draft}
          onChange={draft => onChange({ draft })}
        >
          {trans.__('Draft: not ready to be merged')}
        </Checkbox>
        <Checkbox
          checked={values.assignMe}
          onChange={assignMe => onChange({ assignMe })}
        >
          {account?.username
            ? trans.__('Assign to me (@%1)', account.username)
            : trans.__('Assign to me')}
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

function TemplateField(props: ICreateFormProps): React.JSX.Element | null {
  const trans = useTrans();
  const templates = props.templates?.templates ?? [];
  if (templates.length === 0) {
    return null;
  }
  return (
    <Field label={trans.__('Template')}>
      <select
        value={props.values.template}
        onChange={event => {
          const name = event.target.value;
          const chosen = templates.find(template => template.name === name);
          props.onChange({
            template: name,
            ...(chosen ? { description: chosen.content } : {})
          });
        }}
      >
        <option value="">{trans.__('None')}</option>
        {templates.map(template => (
          <option key={template.name}>{template.name}</option>
        ))}
      </select>
    </Field>
  );
}

function Reviewers(props: ICreateFormProps): React.JSX.Element {
  const trans = useTrans();
  const [search, setSearch] = React.useState('');
  const members = useMembers(props.current.folder, search);
  const me = useAccount(props.current.folder).data?.user_id;
  return (
    <Field label={trans.__('Reviewers')}>
      <Picker
        selected={props.values.reviewers}
        onChange={reviewers => props.onChange({ reviewers })}
        options={(members.data?.users ?? [])
          .filter(user => user.id !== me)
          .map(user => ({
            key: user.id,
            label: user.name,
            detail: `@${user.username}`
          }))}
        search={search}
        onSearch={setSearch}
        busy={members.isFetching}
        placeholder={trans.__('Search by name')}
      />
    </Field>
  );
}

function LabelsField(props: ICreateFormProps): React.JSX.Element {
  const trans = useTrans();
  const [search, setSearch] = React.useState('');
  const labels = useLabels(props.current.folder, search);
  return (
    <Field label={trans.__('Labels')}>
      <Picker
        selected={props.values.labels}
        onChange={chosen => props.onChange({ labels: chosen })}
        options={(labels.data?.labels ?? []).map(label => ({
          key: label.name,
          label: label.name,
          color: label.color,
          detail: label.description
        }))}
        search={search}
        onSearch={setSearch}
        busy={labels.isFetching}
        placeholder={trans.__('Search labels')}
      />
    </Field>
  );
}
