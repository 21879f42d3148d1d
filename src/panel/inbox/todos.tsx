import type { TranslationBundle } from '@jupyterlab/translation';
import { checkIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { useFinishTodo, useTodos } from '../../api/inbox';
import {
  EmptyState,
  ErrorBox,
  IconButton,
  LoadMore,
  moveFocus,
  RelativeTime,
  Skeleton
} from '../../components';
import { CommandIDs } from '../../tokens';
import { RemoteError } from '../account/remoteError';
import { useServices } from '../context';

/** GitLab's to-do list, as far as it is about merge requests. */
export function Todos(props: { folder: string }): React.JSX.Element {
  const { folder } = props;
  const trans = useTrans();
  const list = useTodos(folder);
  const finish = useFinishTodo(folder);
  const todos = list.data?.pages.flatMap(page => page.todos) ?? [];
  if (list.isError && todos.length === 0) {
    return <RemoteError error={list.error} retry={() => void list.refetch()} />;
  }
  if (list.data === undefined) {
    return <Skeleton lines={3} />;
  }
  if (todos.length === 0) {
    return (
      <EmptyState title={trans.__('Nothing to do')}>
        {trans.__(
          'Mentions, assignments and reviews that are asked of you show up here.'
        )}
      </EmptyState>
    );
  }
  return (
    <>
      {finish.isError && (
        <ErrorBox
          title={trans.__('The to-do could not be marked as done.')}
          error={finish.error}
        />
      )}
      <div
        role="list"
        aria-label={trans.__('To-do')}
        className="jp-gitlab-Lists-rows"
        onKeyDown={event => moveFocus(event, 'button')}
      >
        {todos.map(todo => (
          <Row
            key={todo.id}
            todo={todo}
            busy={finish.isPending && finish.variables === todo.id}
            onDone={() => finish.mutate(todo.id)}
          />
        ))}
      </div>
      <LoadMore list={list} />
    </>
  );
}

function Row(props: {
  todo: Schemas['Todo'];
  busy: boolean;
  onDone: () => void;
}): React.JSX.Element {
  const { todo, busy } = props;
  const trans = useTrans();
  const { app } = useServices();
  const { address, project_path: project, merge_request: row } = todo.item;
  return (
    <div role="listitem" className="jp-gitlab-TodoRow">
      <button
        type="button"
        className="jp-gitlab-Row jp-gitlab-MergeRequestRow"
        title={`${project}!${row.iid} ${row.title}\n${todo.text}`}
        onClick={() =>
          void app.commands.execute(CommandIDs.openMergeRequest, {
            folder: address,
            iid: row.iid
          })
        }
      >
        <span className="jp-gitlab-MergeRequestRow-line">
          <span className="jp-gitlab-ellipsis">{todo.text}</span>
        </span>
        <span className="jp-gitlab-MergeRequestRow-line jp-gitlab-muted">
          <span className="jp-gitlab-ellipsis">
            {describe(todo, trans)} · {project}!{row.iid} ·{' '}
            <RelativeTime time={todo.created_at} narrow />
          </span>
        </span>
      </button>
      <IconButton
        icon={checkIcon}
        label={trans.__('Mark as done')}
        disabled={busy}
        onClick={props.onDone}
      />
    </div>
  );
}

/** Who wants what. */
function describe(todo: Schemas['Todo'], trans: TranslationBundle): string {
  const who = `@${todo.author.username}`;
  switch (todo.action) {
    case 'review_requested':
      return trans.__('%1 asks for your review', who);
    case 'assigned':
      return trans.__('%1 assigned you', who);
    case 'mentioned':
    case 'directly_addressed':
      return trans.__('%1 mentioned you', who);
    case 'review_submitted':
      return trans.__('%1 reviewed it', who);
    case 'marked':
      return trans.__('You added it');
    case 'unmergeable':
      return trans.__('It can no longer be merged');
    case 'build_failed':
      return trans.__('Its pipeline failed');
    case 'approval_required':
      return trans.__('%1 asks for your approval', who);
    default:
      return who;
  }
}
