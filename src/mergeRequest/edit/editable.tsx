import { editIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { Button, ErrorBox, IconButton } from '../../components';
import { useEdit } from '../actions';

type Change = Schemas['UpdateMergeRequestBody'];

const CONTROLS = 'textarea:not([hidden]), input, select';

/** Whether a part of the page is being edited; the focus goes into its first control, and back to the pencil. */
export function useEditing(initially = false): {
  editing: boolean;
  open: () => void;
  close: () => void;
  form: React.RefObject<HTMLFormElement>;
  pencil: React.RefObject<HTMLButtonElement>;
} {
  const [editing, setEditing] = React.useState(initially);
  const form = React.useRef<HTMLFormElement>(null);
  const pencil = React.useRef<HTMLButtonElement>(null);
  const asked = React.useRef(false);
  React.useLayoutEffect(() => {
    if (asked.current) {
      const target = editing
        ? form.current?.querySelector<HTMLElement>(CONTROLS)
        : pencil.current;
      target?.focus();
    }
  }, [editing]);
  const set = (value: boolean) => {
    asked.current = true;
    setEditing(value);
  };
  return {
    editing,
    open: () => set(true),
    close: () => set(false),
    form,
    pencil
  };
}

/** The pencil beside what can be edited. */
export const Pencil = React.forwardRef<
  HTMLButtonElement,
  { label: string; onClick: () => void }
>(function Pencil(props, ref) {
  return (
    <IconButton
      ref={ref}
      className="jp-gitlab-Pencil"
      icon={editIcon}
      label={props.label}
      onClick={props.onClick}
    />
  );
});

/** A small form in the place of what it changes: Enter (in a text: Ctrl+Enter) saves, Escape leaves it as it was. */
export const EditForm = React.forwardRef<
  HTMLFormElement,
  {
    label: string;
    /** What to send; null: nothing has changed. */
    change: () => Change | null;
    onSaved: () => void;
    onCancel: () => void;
    saveLabel?: string;
    /** Why it can't be saved as it is. */
    problem?: string | null;
    children: React.ReactNode;
  }
>(function EditForm(props, ref) {
  const trans = useTrans();
  const edit = useEdit();
  const save = () => {
    if (edit.isPending || props.problem) {
      return;
    }
    const change = props.change();
    if (change === null) {
      props.onCancel();
      return;
    }
    edit.mutate(change, { onSuccess: props.onSaved });
  };
  return (
    <form
      ref={ref}
      className="jp-gitlab-EditForm"
      aria-label={props.label}
      onSubmit={event => {
        event.preventDefault();
        save();
      }}
      onKeyDown={event => {
        if (event.key === 'Escape' && !edit.isPending) {
          event.stopPropagation();
          props.onCancel();
        } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          event.stopPropagation();
          save();
        }
      }}
    >
      {props.children}
      {edit.error && (
        <ErrorBox
          title={trans.__('GitLab did not take the change. It is kept here.')}
          error={edit.error}
        />
      )}
      {props.problem && (
        <p className="jp-gitlab-EditForm-problem" role="alert">
          {props.problem}
        </p>
      )}
      <div className="jp-gitlab-EditForm-buttons">
        <Button kind="primary" type="submit" busy={edit.isPending}>
          {edit.error
            ? trans.__('Try again')
            : (props.saveLabel ?? trans.__('Save'))}
        </Button>
        <Button disabled={edit.isPending} onClick={props.onCancel}>
          {trans.__('Cancel')}
        </Button>
      </div>
    </form>
  );
});

/** A part of the details: a heading, what it says, and, for those who may, a pencil that turns it into a form. */
export function EditableDetail<T>(props: {
  title: string;
  /** What the pencil and the form are called. */
  editLabel: string;
  may: boolean;
  start: () => T;
  change: (value: T) => Change | null;
  editor: (value: T, onChange: (value: T) => void) => React.ReactNode;
  children: React.ReactNode;
}): React.JSX.Element {
  const { editing, open, close, form, pencil } = useEditing();
  const [value, setValue] = React.useState<T | null>(null);
  return (
    <section className="jp-gitlab-Detail">
      <header className="jp-gitlab-Detail-head">
        <h2>{props.title}</h2>
        {props.may && !editing && (
          <Pencil
            ref={pencil}
            label={props.editLabel}
            onClick={() => {
              setValue(props.start());
              open();
            }}
          />
        )}
      </header>
      {editing && value !== null ? (
        <EditForm
          ref={form}
          label={props.editLabel}
          change={() => props.change(value)}
          onSaved={close}
          onCancel={close}
        >
          {props.editor(value, setValue)}
        </EditForm>
      ) : (
        props.children
      )}
    </section>
  );
}
