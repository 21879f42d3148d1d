import * as React from 'react';

import { useTrans } from '../api/context';
import { Button, ErrorBox } from '../components';
import { useThreads } from './context';
import type { DraftTarget } from './drafts';
import { useSend } from './send';

export interface ICommentBoxProps {
  target: DraftTarget;
  /** The accessible name of the text field. */
  label: string;
  placeholder: string;
  /** What the button that sends says. */
  sendLabel: string;
  /** Shown above the buttons: where GitLab will show the comment. */
  hint?: React.ReactNode;
  /** The box takes the focus when it appears. */
  autoFocus?: boolean;
  /** One line until it has the focus or some text. */
  compact?: boolean;
  /** Closes the box; the text is kept unless it was thrown away. Absent: the box always stays. */
  onClose?: () => void;
  /** Further buttons, at the right of a compact box. */
  actions?: React.ReactNode;
}

/** Where a comment is typed. Its text is kept in the browser until GitLab has it. */
export function CommentBox(props: ICommentBoxProps): React.JSX.Element {
  const trans = useTrans();
  const { drafts } = useThreads();
  const { target, onClose } = props;
  const [body, setBody] = React.useState(() => drafts.get(target));
  const [focused, setFocused] = React.useState(false);
  const { state, send } = useSend(target);
  const field = React.useRef<HTMLTextAreaElement>(null);
  const busy = state.kind === 'sending' || state.kind === 'checking';
  const open = !props.compact || focused || body !== '' || busy;

  // A box that comes back with its kept text must not take the focus from what the reader does.
  React.useLayoutEffect(() => {
    if (props.autoFocus && field.current?.value === '') {
      field.current.focus();
    }
  }, [props.autoFocus]);

  React.useLayoutEffect(() => {
    const node = field.current;
    if (node) {
      // As tall as the text, within the limits that the style sheet sets.
      node.style.height = 'auto';
      node.style.height = `${node.scrollHeight + 2}px`;
    }
  }, [body, open]);

  const change = (text: string) => {
    setBody(text);
    drafts.set(target, text);
  };

  const submit = () => {
    if (busy || body.trim() === '') {
      return;
    }
    void send(body).then(sent => {
      if (sent) {
        setBody('');
        setFocused(false);
        onClose?.();
      }
    });
  };

  const discard = () => {
    change('');
    setFocused(false);
    onClose?.();
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      submit();
    } else if (event.key === 'Escape' && body === '') {
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
        <textarea
          ref={field}
          rows={open ? 3 : 1}
          value={body}
          readOnly={busy}
          aria-label={props.label}
          placeholder={props.placeholder}
          onChange={event => change(event.target.value)}
          onFocus={() => setFocused(true)}
          onKeyDown={onKeyDown}
        />
        {!open && props.actions}
      </div>
      {state.kind === 'failed' && (
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
            <Button onClick={submit} disabled={body.trim() === ''}>
              {trans.__('Retry')}
            </Button>
          }
        />
      )}
      {open && (
        <div className="jp-gitlab-CommentBox-foot" onMouseDown={keepFocus}>
          <span className="jp-gitlab-CommentBox-hint">
            {props.hint ?? trans.__('Markdown is supported')}
          </span>
          {(onClose !== undefined || body !== '') && (
            <Button onClick={discard} disabled={busy}>
              {body === '' ? trans.__('Cancel') : trans.__('Discard')}
            </Button>
          )}
          {props.actions}
          <Button
            kind="primary"
            busy={busy}
            disabled={body.trim() === ''}
            onClick={submit}
            title={trans.__('Ctrl+Enter')}
          >
            {state.kind === 'checking'
              ? trans.__('Checking whether it arrived…')
              : props.sendLabel}
          </Button>
        </div>
      )}
    </div>
  );
}

/** A press on a button must not blur the field: the box would fold under the pointer. */
function keepFocus(event: React.MouseEvent): void {
  event.preventDefault();
}
