import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import * as React from 'react';

import { useTrans } from '../api/context';
import { Button, IconButton } from './button';
import {
  complete,
  completableAt,
  type ICompletable,
  type ISuggestion,
  useSuggestions
} from './completion';
import { ErrorBox } from './errorBox';
import { Markdown } from './markdown';
import { attachIcon } from '../icons';
import { type IUploads, useUpload } from './useUpload';

export interface IMarkdownFieldProps {
  value: string;
  onChange: (value: string) => void;
  /** The repository: its people, labels and uploads. */
  folder: string;
  /** Shows the preview; made by `safeRendermime`. */
  rendermime: IRenderMimeRegistry;
  /** The accessible name of the text field. */
  label: string;
  placeholder?: string;
  readOnly?: boolean;
  /** One line without tools. */
  folded?: boolean;
  /** More tools, left of the one for files. */
  tools?: React.ReactNode;
  fieldRef: React.RefObject<HTMLTextAreaElement>;
  onFocus?: () => void;
  /** Keys that the field has no use for itself. */
  onKeyDown?: (event: React.KeyboardEvent) => void;
}

/** Where Markdown is typed: with a preview, names that complete themselves, and files that are dropped or pasted. */
export function MarkdownField(props: IMarkdownFieldProps): React.JSX.Element {
  const trans = useTrans();
  const { value, onChange, folded = false, readOnly, fieldRef } = props;
  const [preview, setPreview] = React.useState(false);
  const [over, setOver] = React.useState(false);

  const insert = (text: string) => {
    const field = fieldRef.current;
    const now = field?.value ?? value;
    const start = field?.selectionStart ?? now.length;
    const end = field?.selectionEnd ?? start;
    onChange(now.slice(0, start) + text + now.slice(end));
    moveCaret(field, start + text.length);
  };
  const uploads = useUpload(props.folder, markdown => insert(`${markdown}\n`));
  const take = (event: React.SyntheticEvent, data: DataTransfer) => {
    const files = [...data.files];
    if (files.length > 0 && !readOnly) {
      event.preventDefault();
      event.stopPropagation();
      uploads.add(files);
    }
  };

  React.useLayoutEffect(() => {
    const node = fieldRef.current;
    if (node) {
      // As tall as the text, within the limits that the style sheet sets.
      node.style.height = folded ? '' : 'auto';
      if (!folded) {
        node.style.height = `${node.scrollHeight + 2}px`;
      }
    }
  }, [fieldRef, value, folded, preview]);

  return (
    <div
      className="jp-gitlab-MarkdownField"
      data-over={over}
      onDragOver={event => {
        if (event.dataTransfer.types.includes('Files')) {
          event.preventDefault();
          setOver(true);
        }
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        setOver(false);
        take(event, event.dataTransfer);
      }}
      onPaste={event => take(event, event.clipboardData)}
    >
      {!folded && (
        <Tools
          {...props}
          preview={preview}
          onPreview={setPreview}
          uploads={uploads}
        />
      )}
      {preview && !folded ? (
        <div className="jp-gitlab-MarkdownField-preview">
          {value.trim() ? (
            <Markdown source={value} rendermime={props.rendermime} />
          ) : (
            <p className="jp-gitlab-muted">{trans.__('Nothing to preview.')}</p>
          )}
        </div>
      ) : (
        <CompletingField {...props} />
      )}
      {uploads.failure && (
        <ErrorBox
          title={trans.__('%1 was not attached.', uploads.failure.name)}
          error={uploads.failure.error}
          onRetry={uploads.failure.retry}
          onDismiss={uploads.dismiss}
        />
      )}
    </div>
  );
}

function Tools(
  props: IMarkdownFieldProps & {
    preview: boolean;
    onPreview: (preview: boolean) => void;
    uploads: IUploads;
  }
): React.JSX.Element {
  const trans = useTrans();
  const { preview, onPreview, uploads } = props;
  const files = React.useRef<HTMLInputElement>(null);
  return (
    // A press on a tool must not take the focus from the text.
    <div
      className="jp-gitlab-MarkdownField-tools"
      onMouseDown={event => event.preventDefault()}
    >
      <Button
        kind="link"
        aria-pressed={!preview}
        onClick={() => onPreview(false)}
      >
        {trans.__('Write')}
      </Button>
      <Button
        kind="link"
        aria-pressed={preview}
        onClick={() => onPreview(true)}
      >
        {trans.__('Preview')}
      </Button>
      <span className="jp-gitlab-spacer" />
      {!preview && props.tools}
      {!preview && (
        <IconButton
          icon={attachIcon}
          label={trans.__('Attach a file')}
          busy={uploads.busy > 0}
          onClick={() => files.current?.click()}
        />
      )}
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label={trans.__('Files to attach')}
        onChange={event => {
          uploads.add([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </div>
  );
}

/** The text field itself, with a list of names below it while one is typed. */
function CompletingField(props: IMarkdownFieldProps): React.JSX.Element {
  const { value, onChange, fieldRef, folded = false } = props;
  const listId = React.useId();
  const [at, setAt] = React.useState<ICompletable | null>(null);
  const [active, setActive] = React.useState(0);
  const suggestions = useSuggestions(props.folder, at);
  const index = Math.min(active, suggestions.length - 1);
  const listed = at !== null && suggestions.length > 0;

  const look = (field: HTMLTextAreaElement) => {
    setAt(
      field.selectionStart === field.selectionEnd
        ? completableAt(field.value, field.selectionStart)
        : null
    );
    setActive(0);
  };
  const pick = (suggestion: ISuggestion) => {
    const field = fieldRef.current;
    if (field && at) {
      const made = complete(value, field.selectionStart, at, suggestion);
      onChange(made.text);
      moveCaret(field, made.caret);
    }
    setAt(null);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (listed && !event.ctrlKey && !event.metaKey) {
      const step =
        event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step !== 0) {
        setActive((index + step + suggestions.length) % suggestions.length);
      } else if (event.key === 'Enter' || event.key === 'Tab') {
        pick(suggestions[index]);
      } else if (event.key === 'Escape') {
        setAt(null);
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    props.onKeyDown?.(event);
  };
  return (
    <div className="jp-gitlab-MarkdownField-field">
      <textarea
        ref={fieldRef}
        rows={folded ? 1 : 3}
        value={value}
        readOnly={props.readOnly}
        aria-label={props.label}
        aria-autocomplete="list"
        aria-controls={listed ? listId : undefined}
        aria-activedescendant={listed ? `${listId}-${index}` : undefined}
        placeholder={props.placeholder}
        onChange={event => {
          onChange(event.target.value);
          look(event.target);
        }}
        onFocus={props.onFocus}
        onBlur={() => setAt(null)}
        onClick={() => setAt(null)}
        onKeyDown={onKeyDown}
      />
      {listed && (
        <ul id={listId} role="listbox" className="jp-gitlab-Picker-list">
          {suggestions.map((each, position) => (
            <li
              key={each.key}
              id={`${listId}-${position}`}
              role="option"
              aria-selected={position === index}
              // Before the field loses the focus.
              onMouseDown={event => {
                event.preventDefault();
                pick(each);
              }}
            >
              {each.color && (
                <span
                  className="jp-gitlab-Picker-swatch"
                  style={{ background: each.color }}
                  aria-hidden="true"
                />
              )}
              {each.label}
              {each.detail && (
                <span className="jp-gitlab-muted">{each.detail}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Once the field has its new text. */
function moveCaret(field: HTMLTextAreaElement | null, caret: number): void {
  requestAnimationFrame(() => {
    if (field?.isConnected) {
      field.focus({ preventScroll: true });
      field.setSelectionRange(caret, caret);
    }
  });
}
