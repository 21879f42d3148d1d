import {
  CodeEditor,
  CodeEditorWrapper,
  type IEditorServices
} from '@jupyterlab/codeeditor';
import * as React from 'react';

import { useWidget } from '../components/markdown';

export interface ICodeEditorProps {
  value: string;
  onChange: (value: string) => void;
  /** The accessible name. */
  label: string;
  /** Of the language; null: plain text. */
  mimeType: string | null;
  readOnly: boolean;
  autoFocus: boolean;
  /** Ctrl+Enter. */
  onSend: () => void;
  /** Escape: Tab indents here, so that this is the way out for the keyboard. */
  onLeave: () => void;
}

/** Where code is changed: an editor as in notebooks, or a plain field where there is none. */
export function CodeField(
  props: ICodeEditorProps & { editors: IEditorServices | null }
): React.JSX.Element {
  const { editors, onSend, onLeave } = props;
  const onKeyDownCapture = (event: React.KeyboardEvent) => {
    const send = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    if (send || event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      (send ? onSend : onLeave)();
    }
  };
  return (
    // JupyterLab's own shortcuts would reach past an editor that is no cell's.
    <div
      className="jp-gitlab-CodeField"
      data-lm-suppress-shortcuts="true"
      onKeyDownCapture={onKeyDownCapture}
    >
      {editors ? (
        <NotebookEditor {...props} editors={editors} />
      ) : (
        <textarea
          value={props.value}
          readOnly={props.readOnly}
          aria-label={props.label}
          autoFocus={props.autoFocus}
          spellCheck={false}
          rows={Math.min(20, props.value.split('\n').length + 1)}
          onChange={event => props.onChange(event.target.value)}
        />
      )}
    </div>
  );
}

function NotebookEditor(
  props: ICodeEditorProps & { editors: IEditorServices }
): React.JSX.Element {
  const { editors, value, label, mimeType, readOnly, autoFocus } = props;
  const wrapper = React.useRef<CodeEditorWrapper | null>(null);
  const latest = React.useRef(props);
  React.useLayoutEffect(() => {
    latest.current = props;
  });
  const make = React.useCallback(() => {
    const model = new CodeEditor.Model();
    model.sharedModel.setSource(latest.current.value);
    const made = new CodeEditorWrapper({
      model,
      factory: editors.factoryService.newInlineEditor,
      editorOptions: { config: { lineNumbers: false, lineWrap: true } }
    });
    model.sharedModel.changed.connect(() => {
      const source = model.sharedModel.getSource();
      if (source !== latest.current.value) {
        latest.current.onChange(source);
      }
    });
    made.disposed.connect(() => model.dispose());
    wrapper.current = made;
    return made;
  }, [editors]);
  const host = useWidget(make);

  React.useEffect(() => {
    const model = wrapper.current?.model;
    if (model && model.sharedModel.getSource() !== value) {
      model.sharedModel.setSource(value);
    }
  }, [value]);
  React.useEffect(() => {
    const model = wrapper.current?.model;
    if (model && mimeType !== null) {
      model.mimeType = mimeType;
    }
  }, [mimeType]);
  React.useEffect(() => {
    wrapper.current?.editor.setOption('readOnly', readOnly);
  }, [readOnly]);
  React.useEffect(() => {
    wrapper.current?.node
      .querySelector('.cm-content')
      ?.setAttribute('aria-label', label);
  }, [label]);
  React.useEffect(() => {
    if (autoFocus) {
      wrapper.current?.editor.focus();
    }
  }, [autoFocus]);
  return <div ref={host} className="jp-gitlab-CodeField-editor" />;
}
