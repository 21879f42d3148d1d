import * as React from 'react';

import { useTrans } from '../api/context';
import { Badge, Button, ErrorBox, MoreButton } from '../components';
import { CommentBox } from './commentBox';
import { useThreads } from './context';
import { NoteBody } from './noteBody';
import { useFinishPending } from './pending';
import type { Discussion, PendingNote } from './types';

export interface IPendingViewProps {
  note: PendingNote;
  /** "line 11"; empty inside a thread. */
  where: string;
  /** Shown above the text: what it speaks of, when that is not beside it. */
  about?: React.ReactNode;
  /** The thread that it replies to and stands in: then it has no frame of its own. */
  thread?: Pick<Discussion, 'resolvable' | 'resolved'>;
}

/** A pending comment at its place: only its author sees it until the review is submitted. */
export function PendingView(props: IPendingViewProps): React.JSX.Element {
  const trans = useTrans();
  const { drafts } = useThreads();
  const { note, where, thread } = props;
  const [editing, setEditing] = React.useState(
    () => drafts.get({ kind: 'pending', id: note.id }) !== ''
  );
  const drop = useFinishPending('delete');
  const publish = useFinishPending('publish');
  const name = where
    ? trans.__('Pending comment on %1', where)
    : thread
      ? trans.__('Pending reply')
      : trans.__('Pending comment');
  return (
    <div
      role="group"
      className={
        thread ? 'jp-gitlab-Pending' : 'jp-gitlab-Pending jp-gitlab-Thread'
      }
      data-gitlab-pending={note.id}
      tabIndex={-1}
      aria-label={name}
    >
      {props.about}
      <div className="jp-gitlab-Note-head">
        <Badge tone="warning">{trans.__('Pending')}</Badge>
        <span className="jp-gitlab-Note-when">
          {[where, trans.__('only you see it yet')]
            .filter(word => word)
            .join(' · ')}
        </span>
        <span className="jp-gitlab-spacer" />
        {!editing && (
          <span className="jp-gitlab-Pending-actions">
            <Button kind="link" onClick={() => setEditing(true)}>
              {trans.__('Edit')}
            </Button>
            <Button
              kind="link"
              busy={drop.isPending}
              onClick={() => drop.mutate(note.id)}
            >
              {trans.__('Delete')}
            </Button>
            <MoreButton
              label={trans.__('More about this comment')}
              entries={() => [
                {
                  label: trans.__('Publish only this one'),
                  execute: () => publish.mutate(note.id)
                }
              ]}
            />
          </span>
        )}
      </div>
      {editing ? (
        <CommentBox
          target={{ kind: 'pending', id: note.id }}
          label={trans.__('Change the pending comment')}
          placeholder=""
          sendLabel={trans.__('Save')}
          initial={note.body}
          autoFocus
          onClose={() => setEditing(false)}
        />
      ) : (
        <NoteBody note={note} noteId={null} />
      )}
      {thread?.resolvable && note.resolve !== thread.resolved && (
        <p className="jp-gitlab-Pending-resolve jp-gitlab-muted">
          {note.resolve
            ? trans.__('Resolves the thread when it is published.')
            : trans.__('Reopens the thread when it is published.')}
        </p>
      )}
      {drop.error && (
        <ErrorBox
          title={trans.__('The pending comment was not deleted.')}
          error={drop.error}
          onRetry={() => drop.mutate(note.id)}
          onDismiss={() => drop.reset()}
        />
      )}
      {publish.error && (
        <ErrorBox
          title={trans.__(
            'The comment was not published; it is still pending.'
          )}
          error={publish.error}
          onRetry={() => publish.mutate(note.id)}
          onDismiss={() => publish.reset()}
        />
      )}
    </div>
  );
}
