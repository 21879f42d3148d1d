import * as React from 'react';

import { useTrans } from '../api/context';
import { Avatar, RelativeTime } from '../components';
import { Markdown } from '../components/markdown';
import { useThreads } from './context';
import type { Note } from './types';

/** One note: who, when, what. */
export function NoteView(props: {
  note: Note;
  /** Behind the time: the line. */
  where?: string;
  /** At the right: resolved or not. */
  state?: React.ReactNode;
}): React.JSX.Element {
  const trans = useTrans();
  const { rendermime } = useThreads();
  const { note, where } = props;
  const edited = Date.parse(note.updated_at) - Date.parse(note.created_at);
  return (
    <article
      className="jp-gitlab-Note"
      aria-label={trans.__('Comment by %1', note.author.name)}
    >
      <header className="jp-gitlab-Note-head">
        <Avatar user={note.author} />
        <strong title={note.author.name}>{note.author.username}</strong>
        <span className="jp-gitlab-Note-when">
          <RelativeTime time={note.created_at} />
          {edited > 60_000 && ` · ${trans.__('edited')}`}
          {where && ` · ${where}`}
        </span>
        <span className="jp-gitlab-spacer" />
        {props.state}
      </header>
      <div className="jp-gitlab-Note-body">
        <Markdown source={note.body} rendermime={rendermime} />
      </div>
    </article>
  );
}
