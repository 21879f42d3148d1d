import * as React from 'react';

import { useTrans } from '../api/context';
import {
  Avatar,
  copyLink,
  ErrorBox,
  MoreButton,
  RelativeTime
} from '../components';
import { CommentBox } from './commentBox';
import { useThreads } from './context';
import { useDeleteNote } from './noteActions';
import { NoteBody } from './noteBody';
import { ReactionPicker, ReactionRow, useReactions } from './reactions';
import type { Note } from './types';

/** Milliseconds that the pointer rests on a note before its reactions are asked for. */
const REST = 250;

export interface INoteViewProps {
  note: Note;
  discussionId: string;
  /** Behind the time: the line. */
  where?: string;
  /** At the right: resolved or not. */
  state?: React.ReactNode;
  /** Begins a reply with the note's text. */
  onQuote?: () => void;
}

/** One note: who, when, what; and what can be done with it. */
export function NoteView(props: INoteViewProps): React.JSX.Element {
  const trans = useTrans();
  const { drafts } = useThreads();
  const { note, where, discussionId, onQuote } = props;
  const target = { kind: 'note' as const, noteId: note.id, discussionId };
  const [editing, setEditing] = React.useState(() => drafts.get(target) !== '');
  const { looked, watch } = useLooked();
  const reactions = useReactions(note.id, looked);
  const remove = useDeleteNote(discussionId);
  const edited = Date.parse(note.updated_at) - Date.parse(note.created_at);
  return (
    <article
      className="jp-gitlab-Note"
      aria-label={trans.__('Comment by %1', note.author.name)}
      {...watch}
    >
      <div className="jp-gitlab-Note-head">
        <Avatar user={note.author} />
        <strong title={note.author.name}>{note.author.username}</strong>
        <span className="jp-gitlab-Note-when">
          <RelativeTime time={note.created_at} />
          {edited > 60_000 && ` · ${trans.__('edited')}`}
          {where && ` · ${where}`}
        </span>
        <span className="jp-gitlab-spacer" />
        {props.state}
        <span className="jp-gitlab-Note-actions">
          <ReactionPicker reactions={reactions} />
          <MoreButton
            label={trans.__('More about this comment')}
            entries={() => [
              ...(onQuote
                ? [{ label: trans.__('Quote reply'), execute: onQuote }]
                : []),
              {
                label: trans.__('Copy link'),
                execute: () => copyLink(note.web_url, trans)
              },
              ...(note.can_edit
                ? [
                    {
                      label: trans.__('Edit'),
                      execute: () => setEditing(true)
                    },
                    {
                      label: trans.__('Delete…'),
                      execute: () => remove.mutate(note)
                    }
                  ]
                : [])
            ]}
          />
        </span>
      </div>
      {editing ? (
        <div className="jp-gitlab-Note-body">
          <CommentBox
            target={target}
            label={trans.__('Change the comment')}
            placeholder=""
            sendLabel={trans.__('Save')}
            initial={note.body}
            autoFocus
            onClose={() => setEditing(false)}
          />
        </div>
      ) : (
        <NoteBody note={note} noteId={note.id} />
      )}
      <ReactionRow reactions={reactions} />
      {remove.error && (
        <ErrorBox
          title={trans.__('The comment was not deleted.')}
          error={remove.error}
          onDismiss={() => remove.reset()}
        />
      )}
    </article>
  );
}

/** Whether somebody looks at the note: the pointer rests on it, or it has the focus. Stays true. */
function useLooked() {
  const [looked, setLooked] = React.useState(false);
  const timer = React.useRef(0);
  React.useEffect(() => () => window.clearTimeout(timer.current), []);
  const watch = React.useMemo(
    () => ({
      onPointerEnter: () => {
        timer.current = window.setTimeout(() => setLooked(true), REST);
      },
      onPointerLeave: () => window.clearTimeout(timer.current),
      onFocus: () => setLooked(true)
    }),
    []
  );
  return { looked, watch };
}
