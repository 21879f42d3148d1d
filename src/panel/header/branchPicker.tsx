import { caretDownIcon, checkIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { useBranches } from '../../api/queries';
import { ErrorBox, RelativeTime, Skeleton } from '../../components';
import { branchIcon } from '../../icons';
import { createBranch, switchBranch } from '../actions';
import { usePanelRequest, useServices } from '../context';
import type { ICurrent } from '../services';

type Branch = Schemas['Branch'];

type Choice =
  { kind: 'switch'; branch: Branch } | { kind: 'create'; name: string };

/** What the list offers for a search text: matching branches, and a new one if the name is free. */
export function choices(branches: readonly Branch[], search: string): Choice[] {
  const wanted = search.trim();
  const needle = wanted.toLocaleLowerCase();
  const found: Choice[] = branches
    .filter(branch => branch.name.toLocaleLowerCase().includes(needle))
    .map(branch => ({ kind: 'switch', branch }));
  if (wanted && !branches.some(branch => branch.name === wanted)) {
    found.push({ kind: 'create', name: wanted });
  }
  return found;
}

/** Shows the branch; opens a searchable list to switch or create. */
export function BranchPicker(props: { current: ICurrent }): React.JSX.Element {
  const { repository } = props.current;
  const trans = useTrans();
  const [open, setOpen] = React.useState(false);
  const button = React.useRef<HTMLButtonElement>(null);

  usePanelRequest('focus-branches', () => setOpen(true));

  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };

  const label =
    repository.branch ??
    (repository.head
      ? trans.__('detached at %1', repository.head.sha.slice(0, 8))
      : trans.__('no branch'));

  return (
    <div
      className="jp-gitlab-BranchPicker"
      onBlur={event => {
        if (!event.currentTarget.contains(event.relatedTarget)) {
          setOpen(false);
        }
      }}
    >
      <button
        ref={button}
        type="button"
        className="jp-gitlab-Button jp-gitlab-BranchPicker-button"
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-label={trans.__('Branch: %1', label)}
        title={label}
        onClick={() => setOpen(!open)}
      >
        <branchIcon.react tag="span" />
        <span className="jp-gitlab-ellipsis">{label}</span>
        <caretDownIcon.react tag="span" />
      </button>
      {open && <BranchList current={props.current} onClose={close} />}
    </div>
  );
}

function BranchList(props: {
  current: ICurrent;
  onClose: () => void;
}): React.JSX.Element {
  const { current, onClose } = props;
  const services = useServices();
  const trans = useTrans();
  const listId = React.useId();
  const query = useBranches(current.folder, true);
  const [search, setSearch] = React.useState('');
  const [active, setActive] = React.useState(0);
  const found = choices(query.data?.branches ?? [], search);
  const index = Math.min(active, found.length - 1);

  const pick = (choice: Choice | undefined): void => {
    if (choice === undefined) {
      return;
    }
    onClose();
    if (choice.kind === 'create') {
      void createBranch(services, choice.name);
    } else if (!choice.branch.current) {
      void switchBranch(services, choice.branch.name);
    }
  };

  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive(
        found.length ? (index + step + found.length) % found.length : 0
      );
    } else if (event.key === 'Enter') {
      event.preventDefault();
      pick(found[index]);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    }
  };

  return (
    <div className="jp-gitlab-Popup">
      <input
        className="jp-gitlab-input"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={found[index] ? `${listId}-${index}` : undefined}
        aria-label={trans.__('Find or create a branch')}
        placeholder={trans.__('Find or create a branch')}
        autoFocus
        value={search}
        onChange={event => {
          setSearch(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      {query.isPending && <Skeleton lines={3} />}
      {query.isError && (
        <ErrorBox error={query.error} onRetry={() => void query.refetch()} />
      )}
      <ul id={listId} role="listbox" aria-label={trans.__('Branches')}>
        {found.map((choice, position) => (
          <li
            key={choice.kind === 'create' ? '+' : choiceKey(choice.branch)}
            id={`${listId}-${position}`}
            role="option"
            aria-selected={position === index}
            ref={node => {
              if (position === index) {
                node?.scrollIntoView?.({ block: 'nearest' });
              }
            }}
            onMouseDown={event => {
              event.preventDefault();
              pick(choice);
            }}
          >
            {choice.kind === 'create' ? (
              <span>{trans.__('Create branch “%1”', choice.name)}</span>
            ) : (
              <BranchRow branch={choice.branch} />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

const choiceKey = (branch: Branch): string =>
  `${branch.remote ?? ''}/${branch.name}`;

function BranchRow(props: { branch: Branch }): React.JSX.Element {
  const { branch } = props;
  const trans = useTrans();
  return (
    <>
      <span className="jp-gitlab-Popup-tick">
        {branch.current && <checkIcon.react tag="span" />}
      </span>
      <span
        className="jp-gitlab-ellipsis"
        title={[branch.name, branch.title].filter(Boolean).join('\n')}
      >
        {branch.name}
      </span>
      {branch.remote !== null && (
        <span
          className="jp-gitlab-muted"
          title={trans.__('Only on the remote; switching makes a local one.')}
        >
          {branch.remote}
        </span>
      )}
      <span className="jp-gitlab-muted">
        <RelativeTime time={branch.committed_at} narrow />
      </span>
    </>
  );
}
