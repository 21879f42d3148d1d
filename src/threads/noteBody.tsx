import * as React from 'react';

import { Markdown } from '../components/markdown';
import { useThreads } from './context';

/** The text of a note as it reads. */
export function NoteBody(props: { body: string }): React.JSX.Element {
  const { rendermime } = useThreads();
  return (
    <div className="jp-gitlab-Note-body">
      <Markdown source={props.body} rendermime={rendermime} />
    </div>
  );
}
