import { Dialog, showDialog } from '@jupyterlab/apputils';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { Button, Checkbox, ErrorBox } from '../../components';
import { CommandIDs } from '../../tokens';
import { useMerge } from '../actions';
import { useCommand, useLocalBranch } from '../context';

/** How GitLab's pipelines stand that have not ended. */
const RUNNING = [
  'created',
  'waiting_for_resource',
  'preparing',
  'pending',
  'running',
  'scheduled'
];

/** Options of the merge and the button, which asks once more. What is not mergeable yet is merged when checks pass. */
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

  const now = mergeRequest.mergeability.mergeable;
  const running = RUNNING.includes(mergeRequest.pipeline_status ?? '');

  const start = async (auto: boolean) => {
    const { sha } = mergeRequest;
    if (sha === null) {
      return;
    }
    const sentences = [
      auto
        ? trans.__(
            'GitLab merges %1 into %2 by itself as soon as all checks pass; a push to %1 cancels that.',
            source,
            target
          )
        : trans.__('%1 is merged into %2 on GitLab.', source, target)
    ];
    if (squash) {
      sentences.push(trans.__('Its commits become one.'));
    }
    if (remove) {
      sentences.push(trans.__('The branch is deleted on GitLab.'));
    }
    if (onSource && back && !auto) {
      sentences.push(
        trans.__('Then your clone switches to %1 and updates it.', target)
      );
    }
    const { button } = await showDialog({
      title: auto
        ? trans.__('Merge !%1 when all checks pass?', iid)
        : trans.__('Merge !%1?', iid),
      body: sentences.join(' '),
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.okButton({
          label: auto ? trans.__('Set auto-merge') : trans.__('Merge')
        })
      ]
    });
    if (!button.accept) {
      return;
    }
    let merged: boolean;
    try {
      const reply = await merge.mutateAsync({
        sha,
        squash,
        remove_source_branch: remove,
        auto
      });
      merged = reply.state === 'merged';
    } catch {
      // The box below the options tells it.
      return;
    }
    if (onSource && back && merged) {
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
      {onSource && now && (
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
      <div className="jp-gitlab-MergeBox-ways">
        {now && (
          <Button
            kind="primary"
            busy={merge.isPending}
            disabled={mergeRequest.sha === null}
            onClick={() => void start(false)}
          >
            {trans.__('Merge')}
          </Button>
        )}
        {(!now || running) && (
          <Button
            busy={merge.isPending}
            disabled={mergeRequest.sha === null}
            onClick={() => void start(true)}
          >
            {now
              ? trans.__('Merge when the pipeline passes')
              : trans.__('Set auto-merge')}
          </Button>
        )}
      </div>
    </div>
  );
}
