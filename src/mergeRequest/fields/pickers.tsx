import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { useLabels, useMembers, useMilestones } from '../../api/queries';
import { ErrorBox } from '../../components';
import { type IPickerOption, Picker } from '../../components/picker';

/** What a field hands to its control. */
interface IFieldProps {
  id?: string;
  'aria-describedby'?: string;
  'aria-label'?: string;
}

export type Person = IPickerOption<number>;
export type LabelOption = IPickerOption<string>;

export function personOption(user: Schemas['User']): Person {
  return { key: user.id, label: user.name, detail: `@${user.username}` };
}

export function labelOption(name: string, color?: string): LabelOption {
  return { key: name, label: name, color };
}

/** People of the project. */
export function PeoplePicker(
  props: IFieldProps & {
    folder: string;
    selected: readonly Person[];
    onChange: (selected: Person[]) => void;
    /** Somebody who may not be picked. */
    without?: number | null;
  }
): React.JSX.Element {
  const trans = useTrans();
  const [search, setSearch] = React.useState('');
  const { folder, without, ...rest } = props;
  const members = useMembers(folder, search);
  return (
    <>
      <Picker
        {...rest}
        options={(members.data?.users ?? [])
          .filter(user => user.id !== without)
          .map(personOption)}
        search={search}
        onSearch={setSearch}
        busy={members.isFetching}
        placeholder={trans.__('Search by name')}
      />
      <ListError query={members} />
    </>
  );
}

/** Labels of the project and its groups. */
export function LabelsPicker(
  props: IFieldProps & {
    folder: string;
    selected: readonly LabelOption[];
    onChange: (selected: LabelOption[]) => void;
  }
): React.JSX.Element {
  const trans = useTrans();
  const [search, setSearch] = React.useState('');
  const { folder, ...rest } = props;
  const labels = useLabels(folder, search);
  return (
    <>
      <Picker
        {...rest}
        options={(labels.data?.labels ?? []).map(label => ({
          ...labelOption(label.name, label.color),
          detail: label.description
        }))}
        search={search}
        onSearch={setSearch}
        busy={labels.isFetching}
        placeholder={trans.__('Search labels')}
      />
      <ListError query={labels} />
    </>
  );
}

/** One milestone or none (0). */
export function MilestoneSelect(
  props: IFieldProps & {
    folder: string;
    value: number;
    onChange: (id: number) => void;
    /** The one that is set, which may be closed by now and not be in the list. */
    now?: Schemas['Milestone'] | null;
  }
): React.JSX.Element {
  const trans = useTrans();
  const { folder, value, onChange, now, ...rest } = props;
  const milestones = useMilestones(folder);
  const open = milestones.data?.milestones ?? [];
  const all =
    now && !open.some(each => each.id === now.id) ? [now, ...open] : open;
  return (
    <>
      <select
        {...rest}
        className="jp-gitlab-input"
        value={value}
        onChange={event => onChange(Number(event.target.value))}
      >
        <option value={0}>
          {milestones.isPending
            ? trans.__('Reading milestones…')
            : all.length > 0
              ? trans.__('No milestone')
              : trans.__('No milestone (the project has none open)')}
        </option>
        {all.map(each => (
          <option key={each.id} value={each.id}>
            {each.due_date
              ? trans.__('%1 (due %2)', each.title, each.due_date)
              : each.title}
          </option>
        ))}
      </select>
      <ListError query={milestones} />
    </>
  );
}

function ListError(props: {
  query: { error: unknown; refetch: () => unknown };
}): React.JSX.Element | null {
  const trans = useTrans();
  return props.query.error ? (
    <ErrorBox
      title={trans.__('The list could not be read.')}
      error={props.query.error}
      onRetry={() => void props.query.refetch()}
    />
  ) : null;
}
