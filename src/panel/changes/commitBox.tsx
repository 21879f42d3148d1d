import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { Checkbox, SplitButton } from '../../components';
import { commit } from '../actions';
import { type AfterCommit, newerPaths } from '../actions/commit';
import { usePanelRequest, useServices } from '../context';
import { messageKey, readDraft, useDraft, writeDraft } from '../drafts';
import type { ICurrent } from '../services';

const LAST_ACTION = 'last-commit-action';
const ACTIONS: readonly AfterCommit[] = ['nothing', 'push', 'merge-request'];

function lastAction(hasRemote: boolean): AfterCommit {
  const kept = ACTIONS.find(action => action === readDraft(LAST_ACTION));
  return hasRemote ? (kept ?? 'nothing') : 'nothing';
}

/** Message and button. The message survives a reload; the button remembers what was done last. */
export function CommitBox(props: {
  current: ICurrent;
  changes: Schemas['Changes'];
}): React.JSX.Element {
  const { current, changes } = props;
  const services = useServices();
  const trans = useTrans();
  const { repository } = current;
  const hasRemote = repository.remote !== null && repository.branch !== null;
  const [message, setMessage] = useDraft(messageKey(repository.id));
  const [action, setAction] = React.useState(() => lastAction(hasRemote));
  const [includeNewer, setIncludeNewer] = React.useState(true);
  const [busy, setBusy] = React.useState(false);
  const box = React.useRef<HTMLTextAreaElement>(null);
  const hintId = React.useId();

  usePanelRequest('focus-message', () => box.current?.focus());

  const labels: Record<AfterCommit, string> = {
    nothing: trans.__('Commit'),
    push: trans.__('Commit and push'),
    'merge-request': trans.__('Commit and open merge request')
  };
  // "MR" where the long form has no room; the menu spells it out.
  const buttonLabel =
    action === 'merge-request'
      ? trans.__('Commit and open MR')
      : labels[action];

  const newer = newerPaths(changes).length;
  const ticked = changes.files.filter(file => file.staged !== null).length;
  const conflicts = changes.files.some(file => file.conflict !== null);
  // Finishing a merge commits even when nothing differs any more.
  const missing = conflicts
    ? trans.__('Resolve the conflicts first.')
    : ticked === 0 && repository.operation !== 'merge'
      ? trans.__('Tick what to commit.')
      : !message.trim()
        ? trans.__('Write a message.')
        : '';

  const execute = async (after: AfterCommit): Promise<void> => {
    if (missing || busy) {
      return;
    }
    setBusy(true);
    try {
      await commit(services, { after, includeNewer });
    } finally {
      setBusy(false);
    }
  };

  const choose = (after: AfterCommit): void => {
    setAction(after);
    writeDraft(LAST_ACTION, after);
    void execute(after);
  };

  return (
    <div className="jp-gitlab-CommitBox">
      <textarea
        ref={box}
        className="jp-gitlab-input"
        rows={3}
        aria-label={trans.__('Commit message')}
        placeholder={trans.__('Message')}
        title={trans.__('Ctrl+Enter commits')}
        value={message}
        onChange={event => setMessage(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            event.stopPropagation();
            void execute(action);
          }
        }}
      />
      {newer > 0 && (
        <Checkbox checked={includeNewer} onChange={setIncludeNewer}>
          {trans._n(
            'Include newer changes in %1 file',
            'Include newer changes in %1 files',
            newer
          )}
        </Checkbox>
      )}
      <SplitButton
        kind="primary"
        busy={busy}
        title={labels[action]}
        disabled={missing !== ''}
        aria-describedby={missing ? hintId : undefined}
        menuLabel={trans.__('More ways to commit')}
        entries={() =>
          ACTIONS.map(after => ({
            label: labels[after],
            enabled: after === 'nothing' || hasRemote,
            toggled: after === action,
            execute: () => choose(after)
          }))
        }
        onClick={() => void execute(action)}
      >
        {buttonLabel}
      </SplitButton>
      {missing && (
        <div id={hintId} className="jp-gitlab-CommitBox-hint">
          {missing}
        </div>
      )}
    </div>
  );
}
