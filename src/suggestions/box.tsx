import { useQuery } from '@tanstack/react-query';
import * as React from 'react';

import { useClient, useTrans } from '../api/context';
import { Button, ErrorBox } from '../components';
import { useDiffServices } from '../diff/services';
import { joined, parted } from './block';
import { CodeField } from './codeEditor';
import { suggestibleLanguage } from './knownFile';
import type { ISuggestOn, Suggestible } from './types';

export interface ISuggestionBoxOptions {
  folder: string;
  /** The lines that a change can be suggested for; null: none. */
  on: ISuggestOn | null;
  /** The whole text of the comment. */
  body: string;
  onChange: (body: string) => void;
  busy: boolean;
  /** Ctrl+Enter in the editor. */
  onSend: () => void;
  /** Takes the focus when the editor gives it up. */
  field: React.RefObject<HTMLElement>;
}

/** What a comment box needs to suggest changes; the whole text stays one string, so that it is kept like any other. */
export interface ISuggestionBox {
  /** The text without the suggestion, for the text field. */
  text: string;
  setText: (text: string) => void;
  /** Among the tools of the box; null where nothing can be suggested. */
  button: React.ReactNode;
  /** Below the text; null while nothing is suggested. */
  editor: React.ReactNode;
}

/** The suggestion in a comment's text: an editor with a copy of the lines. */
export function useSuggestionBox(
  options: ISuggestionBoxOptions
): ISuggestionBox {
  const trans = useTrans();
  const { editors, highlighter } = useDiffServices();
  const { folder, on, body, onChange, busy, field } = options;
  const { text, change } = React.useMemo(() => parted(body), [body]);
  const [asked, setAsked] = React.useState(false);
  const [fresh, setFresh] = React.useState(false);
  const query = useSuggestible(folder, on, asked || change !== null);
  const lines = query.data;

  const start = (found: Suggestible) => {
    setAsked(false);
    setFresh(true);
    onChange(
      joined({
        text: body,
        change: { above: found.above, code: found.lines.join('\n') }
      })
    );
  };
  // The lines come after the button was pressed, unless they are known already.
  React.useEffect(() => {
    if (asked && lines && change === null) {
      start(lines);
    }
  });

  const remove = () => {
    onChange(text);
    setFresh(false);
    field.current?.focus();
  };

  const button = on && change === null && (
    <Button
      kind="link"
      busy={asked && query.isFetching}
      disabled={busy}
      onClick={() => {
        setAsked(true);
        if (query.error) {
          void query.refetch();
        }
      }}
    >
      {trans.__('Suggest a change')}
    </Button>
  );

  const unchanged = change?.code === lines?.lines.join('\n');
  const editor = change ? (
    <section
      className="jp-gitlab-SuggestionBox"
      aria-label={trans.__('Suggested change')}
    >
      <header>
        <strong>{trans.__('Suggested change')}</strong>
        <span className="jp-gitlab-muted">
          {change.code.trim() === ''
            ? trans._n(
                'The line is taken away.',
                'The %1 lines are taken away.',
                change.above + 1
              )
            : lines && unchanged
              ? trans.__('Edit the copy: nothing is changed yet.')
              : trans._n(
                  'Takes the place of 1 line.',
                  'Takes the place of %1 lines.',
                  change.above + 1
                )}{' '}
          {trans.__('Esc leaves the editor.')}
        </span>
        <span className="jp-gitlab-spacer" />
        {lines && !unchanged && (
          <Button
            kind="link"
            disabled={busy}
            onClick={() =>
              onChange(
                joined({
                  text,
                  change: { ...change, code: lines.lines.join('\n') }
                })
              )
            }
          >
            {trans.__('Start over')}
          </Button>
        )}
        <Button kind="link" disabled={busy} onClick={remove}>
          {trans.__('Remove suggestion')}
        </Button>
      </header>
      <CodeField
        editors={editors}
        value={change.code}
        onChange={code =>
          onChange(joined({ text, change: { ...change, code } }))
        }
        label={trans.__('Suggested code')}
        mimeType={mimeOf(
          on ? suggestibleLanguage(highlighter, on.new_path, lines)?.mime : null
        )}
        readOnly={busy}
        autoFocus={fresh}
        onSend={options.onSend}
        onLeave={() => field.current?.focus()}
      />
    </section>
  ) : asked && query.error ? (
    <ErrorBox
      title={trans.__('A change can’t be suggested here.')}
      error={query.error}
      onRetry={() => void query.refetch()}
      onDismiss={() => setAsked(false)}
    />
  ) : null;

  return {
    text,
    setText: now => onChange(joined({ text: now, change })),
    button,
    editor
  };
}

function mimeOf(mime: string | readonly string[] | null | undefined) {
  return (typeof mime === 'string' ? mime : mime?.[0]) ?? null;
}

/** The lines as they are; those of two commits never change. */
function useSuggestible(
  folder: string,
  on: ISuggestOn | null,
  wanted: boolean
) {
  const client = useClient();
  return useQuery({
    queryKey: ['gitlab-objects', folder, 'suggestible', on],
    queryFn: ({ signal }) =>
      client.get('/suggestible-lines', {
        query: { folder, ...(on as ISuggestOn) },
        signal
      }),
    enabled: wanted && on !== null,
    staleTime: Infinity
  });
}
