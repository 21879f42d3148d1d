import { useMutation, useQueryClient } from '@tanstack/react-query';
import * as React from 'react';

import { useClient, useTrans } from '../api/context';
import { keys } from '../api/keys';
import { Avatar, Badge, Button, ErrorBox } from '../components';
import { editDiscussions } from './cache';
import { SuggestedIn } from '../suggestions/view';
import { CommentBox } from './commentBox';
import { useThreads } from './context';
import { NoteView } from './note';
import { quoted } from './noteActions';
import { usePending } from './pending';
import { PendingView } from './pendingView';
import type { Discussion } from './types';

/** Resolves or reopens a thread and puts the answer into the cache. */
function useResolve(discussion: Discussion) {
  const client = useClient();
  const cache = useQueryClient();
  const { of } = useThreads();
  return useMutation({
    mutationFn: (resolved: boolean) =>
      client.put('/merge-requests/{iid}/discussions/{discussion_id}', {
        path: { iid: of.iid, discussion_id: discussion.id },
        query: { folder: of.folder },
        body: { resolved }
      }),
    onSuccess: async reply => {
      editDiscussions(cache, of, before =>
        before.map(each => (each.id === reply.id ? reply : each))
      );
      void cache.invalidateQueries({ queryKey: keys.overviews(of.folder) });
      await cache.invalidateQueries({
        queryKey: keys.detail(of.folder, of.iid)
      });
    }
  });
}

export interface IThreadProps {
  discussion: Discussion;
  /** "line 11"; empty for a general thread. */
  where: string;
  /** Shown above the notes: what the thread spoke of, when that is not beside it. */
  about?: React.ReactNode;
}

/** A thread: its notes, a reply box, and Resolve or Reopen. Folded when resolved. */
export const Thread = React.memo(function Thread(
  props: IThreadProps
): React.JSX.Element {
  return (
    <SuggestedIn value={props.discussion}>
      <ThreadBody {...props} />
    </SuggestedIn>
  );
});

function ThreadBody(props: IThreadProps): React.JSX.Element {
  const trans = useTrans();
  const { discussion, where } = props;
  const { resolvable, resolved } = discussion;
  const [open, setOpen] = React.useState(!resolved);
  const resolve = useResolve(discussion);
  const ref = React.useRef<HTMLDivElement>(null);
  const { drafts } = useThreads();
  const pending = usePending().replies.get(discussion.id);
  const notes = discussion.notes.filter(note => !note.system);
  const first = notes[0] ?? discussion.notes[0];

  // A thread that somebody reopens comes back into sight; one that is resolved folds. The button that did it goes, so
  // the thread takes the focus.
  React.useEffect(() => setOpen(!resolved), [resolved]);
  const change = () => {
    const inside = ref.current?.contains(document.activeElement);
    resolve.mutate(!resolved, {
      onSuccess: () => {
        if (inside) {
          ref.current?.focus({ preventScroll: true });
        }
      }
    });
  };

  const reply = { kind: 'reply' as const, discussionId: discussion.id };
  const quote = (text: string) => {
    drafts.write(reply, quoted(text));
    const field = ref.current?.querySelector<HTMLTextAreaElement>(
      '.jp-gitlab-Thread-foot textarea'
    );
    // The menu that asked for it gives the focus back first.
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(field.value.length, field.value.length);
    });
  };
  const state = resolvable ? (
    <Badge tone={resolved ? 'success' : 'neutral'}>
      {resolved
        ? discussion.resolved_by
          ? trans.__('resolved by %1', discussion.resolved_by.username)
          : trans.__('resolved')
        : trans.__('unresolved')}
    </Badge>
  ) : null;
  const button = resolvable && (
    <Button
      busy={resolve.isPending}
      onClick={change}
      onMouseDown={event => event.preventDefault()}
    >
      {resolved ? trans.__('Reopen') : trans.__('Resolve')}
    </Button>
  );
  const name =
    where === ''
      ? trans.__('Thread by %1', first.author.name)
      : trans.__('Thread by %1, %2', first.author.name, where);

  if (!open) {
    return (
      <div
        ref={ref}
        role="group"
        className="jp-gitlab-Thread"
        data-resolved={resolved}
        data-gitlab-thread={discussion.id}
        tabIndex={-1}
        aria-label={name}
      >
        <button
          type="button"
          className="jp-gitlab-Thread-folded"
          aria-expanded={false}
          onClick={() => setOpen(true)}
        >
          <Avatar user={first.author} />
          <strong>{first.author.username}</strong>
          {props.about && discussion.position && (
            <span className="jp-gitlab-Thread-file">
              {discussion.position.new_path.display}
            </span>
          )}
          <span className="jp-gitlab-Thread-gist">{first.body}</span>
          {state}
        </button>
      </div>
    );
  }
  return (
    <div
      ref={ref}
      role="group"
      className="jp-gitlab-Thread"
      data-resolved={resolved}
      data-gitlab-thread={discussion.id}
      tabIndex={-1}
      aria-label={name}
    >
      {props.about}
      {notes.map((note, index) => (
        <NoteView
          key={note.id}
          note={note}
          discussionId={discussion.id}
          onQuote={() => quote(note.body)}
          where={index === 0 ? where : undefined}
          state={
            index === 0 && (
              <>
                {state}
                {resolved && (
                  <Button kind="link" onClick={() => setOpen(false)}>
                    {trans.__('Fold')}
                  </Button>
                )}
              </>
            )
          }
        />
      ))}
      {resolve.error && (
        <ErrorBox
          title={
            resolved
              ? trans.__('The thread was not reopened.')
              : trans.__('The thread was not resolved.')
          }
          error={resolve.error}
          onRetry={change}
          onDismiss={() => resolve.reset()}
        />
      )}
      {pending && (
        <PendingView
          key={pending.id}
          note={pending}
          where=""
          thread={discussion}
        />
      )}
      <div className="jp-gitlab-Thread-foot">
        <CommentBox
          target={reply}
          label={trans.__('Reply to %1', first.author.name)}
          placeholder={trans.__('Reply…')}
          sendLabel={trans.__('Reply')}
          // GitLab keeps one pending reply a thread.
          review={pending === undefined}
          compact
          resolve={resolvable ? { resolved, change } : undefined}
          actions={button}
        />
      </div>
    </div>
  );
}
