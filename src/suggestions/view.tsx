import * as React from 'react';

import type { Schemas } from '../api/client';
import { useTrans } from '../api/context';
import { Badge, Button } from '../components';
import { useKnownMergeRequest } from './apply';
import { ApplyForm } from './applyForm';
import { type IBatch, useBatch } from './batch';
import { useKnownFile } from './knownFile';
import { noteParts } from './parts';
import { SuggestionTable } from './table';
import type { ISuggested, ISuggestionsOf, Suggestion } from './types';

type Discussion = Pick<Schemas['Discussion'], 'id' | 'position'>;

const Thread = React.createContext<Discussion | null>(null);

/** The thread whose notes are below: their suggestions can be applied. */
export const SuggestedIn = Thread.Provider;

export function useSuggestedIn(): Discussion | null {
  return React.useContext(Thread);
}

/** A note's text with its suggestions in their places. */
export function SuggestingBody(props: {
  of: ISuggestionsOf;
  body: string;
  suggestions: readonly Suggestion[];
  /** Null: one that GitLab has not published yet. */
  noteId: number | null;
  /** Draws a stretch of Markdown. */
  text: (markdown: string) => React.ReactNode;
}): React.JSX.Element {
  const { body, suggestions, text } = props;
  const parts = React.useMemo(
    () => noteParts(body, suggestions),
    [body, suggestions]
  );
  return (
    <>
      {parts.map((part, index) =>
        part.kind === 'text' ? (
          <React.Fragment key={index}>{text(part.text)}</React.Fragment>
        ) : (
          <SuggestionView
            key={index}
            of={props.of}
            noteId={props.noteId}
            suggestion={part.suggestion}
          />
        )
      )}
    </>
  );
}

/** One suggestion: what it changes, how it stands, and the buttons that apply it. */
function SuggestionView(props: {
  of: ISuggestionsOf;
  noteId: number | null;
  suggestion: Suggestion;
}): React.JSX.Element {
  const trans = useTrans();
  const { of, noteId, suggestion } = props;
  const thread = useSuggestedIn();
  const position = thread?.position ?? null;
  const { language, contentsPath } = useKnownFile(of.folder, position);
  const closed = (useKnownMergeRequest(of)?.state ?? 'opened') !== 'opened';
  const batch = useBatch(of);
  const suggested: ISuggested | null =
    thread && position && noteId !== null
      ? {
          ref: {
            discussion_id: thread.id,
            note_id: noteId,
            index: suggestion.index
          },
          position,
          contentsPath
        }
      : null;
  const outdated = position?.outdated ?? false;
  const appliable = suggested && !suggestion.applied && !outdated && !closed;

  // What can't be applied any more must not keep the others from it.
  React.useEffect(() => {
    if (suggested && !appliable && batch.has(suggested)) {
      batch.remove([suggested]);
    }
  });

  return (
    <section
      className="jp-gitlab-Suggestion"
      role="group"
      aria-label={trans.__('Suggested change')}
    >
      <header>
        <strong>{trans.__('Suggested change')}</strong>
        {suggestion.applied ? (
          <Badge tone="success">{trans.__('applied')}</Badge>
        ) : outdated ? (
          <span className="jp-gitlab-muted">
            {trans.__('The code has moved on since this was suggested.')}
          </span>
        ) : null}
      </header>
      <SuggestionTable suggestion={suggestion} language={language} />
      {appliable && (
        <ApplyButtons of={of} suggested={suggested} batch={batch} />
      )}
    </section>
  );
}

function ApplyButtons(props: {
  of: ISuggestionsOf;
  suggested: ISuggested;
  batch: IBatch;
}): React.JSX.Element {
  const trans = useTrans();
  const { of, suggested, batch } = props;
  const gathered = batch.has(suggested);
  const [asking, setAsking] = React.useState<readonly ISuggested[] | null>(
    null
  );
  const buttons = React.useRef<HTMLDivElement>(null);
  const close = React.useCallback(() => {
    setAsking(null);
    requestAnimationFrame(() =>
      buttons.current?.querySelector('button')?.focus({ preventScroll: true })
    );
  }, []);
  if (asking) {
    return <ApplyForm of={of} suggested={asking} onClose={close} />;
  }
  return (
    <div ref={buttons} className="jp-gitlab-Suggestion-foot">
      {gathered ? (
        <>
          <Button onClick={() => batch.remove([suggested])}>
            {trans.__('Remove from batch')}
          </Button>
          <Button kind="primary" onClick={() => setAsking(batch.all)}>
            {trans._n(
              'Apply 1 suggestion',
              'Apply %1 suggestions',
              batch.all.length
            )}
          </Button>
        </>
      ) : (
        <>
          <Button onClick={() => batch.add(suggested)}>
            {trans.__('Add to batch')}
          </Button>
          <Button onClick={() => setAsking([suggested])}>
            {trans.__('Apply')}
          </Button>
        </>
      )}
    </div>
  );
}
