import * as React from 'react';

import { useTrans } from '../api/context';
import { Button, Checkbox, ErrorBox, Field } from '../components';
import { useDiffServices } from '../diff/services';
import { useApply, useKnownMergeRequest } from './apply';
import { isUnsaved } from './openNotebook';
import type { ISuggested, ISuggestionsOf } from './types';

/** Asks where suggestions are to be applied, and does it. Stays open with what was typed when it failed. */
export function ApplyForm(props: {
  of: ISuggestionsOf;
  suggested: readonly ISuggested[];
  onClose: () => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { documents } = useDiffServices();
  const { of, suggested, onClose } = props;
  const branch =
    useKnownMergeRequest(of)?.source_branch ?? trans.__('the source branch');
  const notebook = openable(suggested);
  const unsaved =
    documents !== null &&
    suggested.some(
      ({ contentsPath }) =>
        contentsPath !== null && isUnsaved(documents, contentsPath)
    );
  const [here, setHere] = React.useState(unsaved && notebook !== null);
  const [message, setMessage] = React.useState('');
  const [resolve, setResolve] = React.useState(true);
  const apply = useApply(of, suggested, onClose);
  const count = suggested.length;
  const name = React.useId();
  const first = React.useRef<HTMLFormElement>(null);

  React.useEffect(() => {
    first.current
      ?.querySelector<HTMLElement>('input:checked, input, button')
      ?.focus({ preventScroll: true });
  }, []);

  const start = () => {
    if (!apply.isPending) {
      apply.mutate(
        here ? { kind: 'notebook' } : { kind: 'commit', message, resolve }
      );
    }
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape' && !apply.isPending) {
      event.stopPropagation();
      onClose();
    }
  };

  return (
    <form
      ref={first}
      className="jp-gitlab-ApplyForm"
      aria-label={trans._n(
        'Apply the suggestion',
        'Apply %1 suggestions',
        count
      )}
      onKeyDown={onKeyDown}
      onSubmit={event => {
        event.preventDefault();
        start();
      }}
    >
      {notebook !== null && documents !== null && (
        <fieldset disabled={apply.isPending}>
          <legend>{trans.__('Apply')}</legend>
          <label>
            <input
              type="radio"
              name={name}
              checked={!here}
              onChange={() => setHere(false)}
            />{' '}
            {trans.__('as a commit on %1', branch)}
          </label>
          <label>
            <input
              type="radio"
              name={name}
              checked={here}
              onChange={() => setHere(true)}
            />{' '}
            {trans.__('in the notebook %1 here, not saved yet', notebook)}
          </label>
        </fieldset>
      )}
      {!here && (
        <>
          {unsaved && (
            <p className="jp-gitlab-muted">
              {trans.__(
                'The notebook is open with unsaved changes. The commit does not touch them; they may get in the way when you pull it.'
              )}
            </p>
          )}
          <Field label={trans.__('Commit message')}>
            <input
              type="text"
              value={message}
              readOnly={apply.isPending}
              placeholder={trans._n(
                'Apply 1 suggestion',
                'Apply %1 suggestions',
                count
              )}
              onChange={event => setMessage(event.target.value)}
            />
          </Field>
          <Checkbox
            checked={resolve}
            disabled={apply.isPending}
            onChange={setResolve}
          >
            {trans._n('Resolve the thread', 'Resolve the threads', count)}
          </Checkbox>
        </>
      )}
      {apply.error && (
        <ErrorBox
          title={
            here
              ? trans.__('The notebook was not changed.')
              : trans.__('The suggestion was not applied.')
          }
          error={apply.error}
          onDismiss={() => apply.reset()}
        />
      )}
      <div className="jp-gitlab-ApplyForm-foot">
        <Button onClick={onClose} disabled={apply.isPending}>
          {trans.__('Cancel')}
        </Button>
        <Button kind="primary" type="submit" busy={apply.isPending}>
          {here
            ? trans.__('Change the notebook')
            : trans._n('Commit suggestion', 'Commit %1 suggestions', count)}
        </Button>
      </div>
    </form>
  );
}

/** The one notebook of JupyterLab that all of them are for. */
function openable(suggested: readonly ISuggested[]): string | null {
  const { position, contentsPath } = suggested[0];
  const path = position.new_path;
  return contentsPath !== null &&
    path.id.endsWith('.ipynb') &&
    suggested.every(each => each.position.new_path.id === path.id)
    ? path.display
    : null;
}
