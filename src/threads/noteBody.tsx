import * as React from 'react';

import { Markdown } from '../components/markdown';
import { SuggestingBody } from '../suggestions/view';
import { useThreads } from './context';
import type { Note } from './types';

/** The text of a note as it reads, with what it suggests. */
export function NoteBody(props: {
  note: Pick<Note, 'body' | 'suggestions'>;
  /** Null: a pending comment, whose suggestions can't be applied yet. */
  noteId: number | null;
}): React.JSX.Element {
  const { of, rendermime } = useThreads();
  const { note } = props;
  return (
    <div className="jp-gitlab-Note-body">
      <SuggestingBody
        of={of}
        body={note.body}
        suggestions={note.suggestions}
        noteId={props.noteId}
        text={markdown => (
          <Markdown source={markdown} rendermime={rendermime} />
        )}
      />
    </div>
  );
}
