import * as React from 'react';

import { useTrans } from '../api/context';
import { Button, Checkbox, ErrorBox } from '../components';
import { MarkdownField } from '../components/markdownField';
import { useSuggestionBox } from '../suggestions/box';
import { useThreads } from './context';
import { type DraftTarget, targetKey } from './drafts';
import { usePending } from './pending';
import { type SendState, useSend } from './send';
import { useSuggestOn } from './suggestOn';
import type { SendMode } from './types';

export interface ICommentBoxProps {
  target: DraftTarget;
  /** The accessible name of the text field. */
  label: string;
  placeholder: string;
  /** What the button that sends at once says. */
  sendLabel: string;
  /** Whether the text may be kept for a review. */
  review?: boolean;
  /** The text to be changed. */
  initial?: string;
  /** Shown above the buttons: where GitLab will show the comment. */
  hint?: React.ReactNode;
  /** The box takes the focus when it appears. */
  autoFocus?: boolean;
  /** One line until it has the focus or some text. */
  compact?: boolean;
  /** Closes the box; the text is kept unless it was thrown away. Absent: the box always stays. */
  onClose?: () => void;
  /**
   * For a reply: its thread can be resolved with it, or reopened; `change` does so after one that is sent at once. The
   * box for it takes the place of the further buttons.
   */
  resolve?: { resolved: boolean; change: () => void };
  /** Further buttons, at the right of a compact box. */
  actions?: React.ReactNode;
}

/** Where a comment is typed. Its text is kept in the browser until GitLab has it. */
export function CommentBox(props: ICommentBoxProps): React.JSX.Element {
  const trans = useTrans();
  const { of, drafts, rendermime } = useThreads();
  const { target, onClose, resolve, initial = '' } = props;
  const [body, setBody] = React.useState(() => drafts.get(target) || initial);
  const [focused, setFocused] = React.useState(false);
  const [turns, setTurns] = React.useState(false);
  const { state, tried, send } = useSend(target);
  const reviewing = usePending().notes.length > 0;
  const field = React.useRef<HTMLTextAreaElement>(null);
  const busy = state.kind === 'sending' || state.kind === 'checking';
  const open = !props.compact || focused || body !== '' || busy;
  const written = body.trim() !== '';
  // Who has begun a review goes on with it.
  const usual: SendMode =
    tried ?? (props.review && reviewing ? 'review' : 'now');

  // A box that comes back with its kept text must not take the focus from what the reader does.
  React.useLayoutEffect(() => {
    if (props.autoFocus && field.current && body === initial) {
      const end = field.current.value.length;
      field.current.focus();
      field.current.setSelectionRange(end, end);
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when it appears
  }, []);

  // Others write here too: a quote.
  const key = targetKey(target);
  React.useEffect(() => drafts.onWritten(key, setBody), [drafts, key]);

  const change = (text: string) => {
    setBody(text);
    drafts.set(target, text === initial ? '' : text);
  };

  const submit = (mode: SendMode) => {
    if (busy || body.trim() === '') {
      return;
    }
    const turned = resolve && turns ? !resolve.resolved : null;
    void send(body, mode, turned).then(sent => {
      if (sent) {
        setBody('');
        setTurns(false);
        if (mode === 'now' && turned !== null) {
          resolve?.change();
        }
        setFocused(false);
        onClose?.();
      }
    });
  };

  const discard = () => {
    change(initial);
    setFocused(false);
    onClose?.();
  };

  const suggestion = useSuggestionBox({
    folder: of.folder,
    on: useSuggestOn(target),
    body,
    onChange: change,
    busy,
    onSend: () => submit(usual),
    field
  });

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      submit(usual);
    } else if (event.key === 'Escape' && body === initial) {
      event.stopPropagation();
      discard();
    }
  };

  return (
    <div
      className="jp-gitlab-CommentBox"
      data-open={open}
      onBlur={event => {
        if (!event.currentTarget.contains(event.relatedTarget)) {
          setFocused(false);
        }
      }}
    >
      <div className="jp-gitlab-CommentBox-line">
        <MarkdownField
          value={suggestion.text}
          onChange={suggestion.setText}
          folder={of.folder}
          rendermime={rendermime}
          label={props.label}
          placeholder={props.placeholder}
          readOnly={busy}
          folded={!open}
          tools={suggestion.button}
          fieldRef={field}
          onFocus={() => setFocused(true)}
          onKeyDown={onKeyDown}
        />
        {!open && props.actions}
      </div>
      {open && suggestion.editor}
      {state.kind === 'failed' && (
        <SendFailure
          state={state}
          disabled={body.trim() === ''}
          onRetry={() => submit(state.mode)}
        />
      )}
      {open && (
        <div className="jp-gitlab-CommentBox-foot" onMouseDown={keepFocus}>
          <span className="jp-gitlab-CommentBox-hint">
            {props.hint ?? trans.__('Markdown is supported')}
          </span>
          {resolve && written && (
            <Checkbox checked={turns} disabled={busy} onChange={setTurns}>
              {resolve.resolved
                ? trans.__('Reopen thread')
                : trans.__('Resolve thread')}
            </Checkbox>
          )}
          {(onClose !== undefined || body !== '') && (
            <Button onClick={discard} disabled={busy}>
              {body === initial ? trans.__('Cancel') : trans.__('Discard')}
            </Button>
          )}
          {!(resolve && written) && props.actions}
          {buttonOrder(props.review === true, usual).map(mode => (
            <Button
              key={mode}
              kind={mode === usual ? 'primary' : 'default'}
              busy={busy && state.mode === mode}
              disabled={
                body.trim() === '' || busy || (tried !== null && tried !== mode)
              }
              onClick={() => submit(mode)}
              title={mode === usual ? trans.__('Ctrl+Enter') : undefined}
            >
              {state.kind === 'checking' && state.mode === mode
                ? trans.__('Checking whether it arrived…')
                : mode === 'now'
                  ? props.sendLabel
                  : reviewing
                    ? trans.__('Add to review')
                    : trans.__('Start a review')}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

/** The usual one comes last. */
function buttonOrder(review: boolean, usual: SendMode): SendMode[] {
  if (!review) {
    return ['now'];
  }
  return usual === 'now' ? ['review', 'now'] : ['now', 'review'];
}

/** Says what is known of a text that was not sent, or perhaps was. */
function SendFailure(props: {
  state: Extract<SendState, { kind: 'failed' }>;
  disabled: boolean;
  onRetry: () => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { state } = props;
  return (
    <ErrorBox
      title={
        state.doubt === 'unknown'
          ? trans.__(
              'It is not known yet whether GitLab has the comment. Your text is kept; Retry looks before it sends again.'
            )
          : state.doubt === 'absent'
            ? trans.__(
                'GitLab gave no answer, and the comment is not there. Your text is kept.'
              )
            : trans.__('The comment was not sent. Your text is kept.')
      }
      error={state.error}
      actions={
        <Button onClick={props.onRetry} disabled={props.disabled}>
          {trans.__('Retry')}
        </Button>
      }
    />
  );
}

/** A press on a button must not blur the field: the box would fold under the pointer. */
function keepFocus(event: React.MouseEvent): void {
  event.preventDefault();
}
