import { Dialog, showDialog } from '@jupyterlab/apputils';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { Button, Checkbox, ErrorBox } from '../../components';
import { CommandIDs } from '../../tokens';
import { useMerge } from '../actions';
import { useCommand, useLocalBranch } from '../context';

/** Options of the merge and the button, which asks once more. */
export function MergeForm(props: {
  mergeRequest: Schemas['MergeRequest'];
}): React.JSX.Element {
  const trans = useTrans();
  const command = useCommand();
  const merge = useMerge();
  const local = useLocalBranch();
  const { mergeRequest } = props;
  const { iid, source_branch: source, target_branch: target } = mergeRequest;
  const onSource = local === source;
  const [squash, setSquash] = React.useState(mergeRequest.squash);
  const [remove, setRemove] = React.useState(mergeRequest.remove_source_branch);
  const [back, setBack] = React.useState(true);

  const start = async () => {
    const { sha } = mergeRequest;
    if (sha === null) {
      return;
    }
    const sentences = [
      trans.__('%1 is merged into %2 on GitLab.', source, target)
    ];
    if (squash) {
      sentences.push(trans.__('Its commits become one.'));
    }
    if (remove) {
      sentences.push(trans.__('The branch is deleted on GitLab.'));
    }
    if (onSource && back) {
      sentences.push(
        trans.__('Then your clone switches to %1 and updates it.', target)
      );
    }
    const { button } = await showDialog({
      title: trans.__('Merge !%1?', iid),
      body: sentences.join(' '),
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.okButton({ label: trans.__('Merge') })
      ]
    });
    if (!button.accept) {
      return;
    }
    try {
      await merge.mutateAsync({ sha, squash, remove_source_branch: remove });
    } catch {
      // The box below the options tells it.
      return;
    }
    if (onSource && back) {
      await command(CommandIDs.returnToTarget, { target });
    }
  };

  return (
    <div className="jp-gitlab-MergeForm">
      <Checkbox checked={squash} onChange={setSquash}>
        {trans.__('Squash commits into one')}
      </Checkbox>
      <Checkbox checked={remove} onChange={setRemove}>
        {trans.__('Delete %1 on GitLab', source)}
      </Checkbox>
      {onSource && (
        <Checkbox checked={back} onChange={setBack}>
          {trans.__('Then switch to %1 and update it', target)}
        </Checkbox>
      )}
      {merge.error && (
        <ErrorBox
          title={trans.__('It was not merged.')}
          error={merge.error}
          onDismiss={() => merge.reset()}
        />
      )}
      <Button
        kind="primary"
        busy={merge.isPending}
        disabled={mergeRequest.sha === null}
        onClick={() => void start()}
      >
        {trans.__('Merge')}
      </Button>
    </div>
  );
}
