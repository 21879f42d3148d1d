import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { useLabels } from '../../api/queries';
import { Checkbox, UserName } from '../../components';
import { useUpdate } from '../actions';
import { useDocument } from '../context';
import {
  labelOption,
  LabelsPicker,
  MilestoneSelect,
  PeoplePicker,
  personOption
} from '../fields/pickers';
import { EditableDetail } from './editable';

interface IDetailProps {
  mergeRequest: Schemas['MergeRequest'];
}

/** Reviewers or assignees. */
export function PeopleDetail(
  props: IDetailProps & { of: 'reviewers' | 'assignees' }
): React.JSX.Element {
  const trans = useTrans();
  const { folder } = useDocument();
  const { mergeRequest, of } = props;
  const users = mergeRequest[of];
  const reviewers = of === 'reviewers';
  return (
    <EditableDetail
      title={reviewers ? trans.__('Reviewers') : trans.__('Assignees')}
      editLabel={
        reviewers ? trans.__('Edit reviewers') : trans.__('Edit assignees')
      }
      may={mergeRequest.can_update}
      start={() => users.map(personOption)}
      change={people => {
        const ids = people.map(person => person.key);
        return sameSet(
          ids,
          users.map(user => user.id)
        )
          ? null
          : { [reviewers ? 'reviewer_ids' : 'assignee_ids']: ids };
      }}
      editor={(people, onChange) => (
        <PeoplePicker
          aria-label={reviewers ? trans.__('Reviewers') : trans.__('Assignees')}
          folder={folder}
          selected={people}
          onChange={onChange}
          without={reviewers ? mergeRequest.author.id : null}
        />
      )}
    >
      {users.length > 0 ? (
        users.map(user => <UserName key={user.id} user={user} avatar />)
      ) : (
        <p className="jp-gitlab-muted">
          {reviewers ? trans.__('No reviewers') : trans.__('No assignees')}
        </p>
      )}
    </EditableDetail>
  );
}

export function LabelsDetail(props: IDetailProps): React.JSX.Element {
  const trans = useTrans();
  const { folder } = useDocument();
  const { mergeRequest } = props;
  const { labels } = mergeRequest;
  const known = useLabels(folder, '').data?.labels ?? [];
  const color = (name: string) =>
    known.find(label => label.name === name)?.color;
  return (
    <EditableDetail
      title={trans.__('Labels')}
      editLabel={trans.__('Edit labels')}
      may={mergeRequest.can_update}
      start={() => labels.map(name => labelOption(name, color(name)))}
      change={chosen => {
        const names = chosen.map(label => label.key);
        return sameSet(names, labels) ? null : { labels: names };
      }}
      editor={(chosen, onChange) => (
        <LabelsPicker
          aria-label={trans.__('Labels')}
          folder={folder}
          selected={chosen}
          onChange={onChange}
        />
      )}
    >
      {labels.length > 0 ? (
        <div className="jp-gitlab-Labels">
          {labels.map(label => (
            <span
              key={label}
              className="jp-gitlab-Label"
              style={{ borderColor: color(label) }}
            >
              {label}
            </span>
          ))}
        </div>
      ) : (
        <p className="jp-gitlab-muted">{trans.__('No labels')}</p>
      )}
    </EditableDetail>
  );
}

export function MilestoneDetail(props: IDetailProps): React.JSX.Element {
  const trans = useTrans();
  const { folder } = useDocument();
  const { milestone, can_update: may } = props.mergeRequest;
  const now = milestone?.id ?? 0;
  return (
    <EditableDetail
      title={trans.__('Milestone')}
      editLabel={trans.__('Edit milestone')}
      may={may}
      start={() => now}
      change={id => (id === now ? null : { milestone_id: id })}
      editor={(id, onChange) => (
        <MilestoneSelect
          aria-label={trans.__('Milestone')}
          folder={folder}
          value={id}
          onChange={onChange}
          now={milestone}
        />
      )}
    >
      {milestone ? (
        <p>
          {milestone.title}
          {milestone.due_date && (
            <span className="jp-gitlab-muted">
              {' '}
              {milestone.expired
                ? trans.__('was due %1', milestone.due_date)
                : trans.__('due %1', milestone.due_date)}
            </span>
          )}
        </p>
      ) : (
        <p className="jp-gitlab-muted">{trans.__('No milestone')}</p>
      )}
    </EditableDetail>
  );
}

/** What becomes of commits and branch in the merge; for an open merge request only. */
export function OptionsDetail(props: IDetailProps): React.JSX.Element | null {
  const trans = useTrans();
  const update = useUpdate();
  const { mergeRequest } = props;
  const { squash, remove_source_branch: remove } = mergeRequest;
  if (mergeRequest.state !== 'opened') {
    return null;
  }
  const disabled = !mergeRequest.can_update || update.isPending;
  const shown = update.isPending ? update.variables : undefined;
  return (
    <section className="jp-gitlab-Detail">
      <h2>{trans.__('When merged')}</h2>
      <Checkbox
        checked={shown?.squash ?? squash}
        disabled={disabled}
        onChange={value => update.mutate({ squash: value })}
      >
        {trans.__('Squash commits')}
      </Checkbox>
      <Checkbox
        checked={shown?.remove_source_branch ?? remove}
        disabled={disabled}
        onChange={value => update.mutate({ remove_source_branch: value })}
      >
        {trans.__('Delete source branch')}
      </Checkbox>
    </section>
  );
}

function sameSet<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every(each => b.includes(each));
}
