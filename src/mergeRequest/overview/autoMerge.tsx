import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { Button, ErrorBox } from '../../components';
import { useCancelAutoMerge } from '../actions';

/** That GitLab merges it by itself, what it still waits for, and the way back. */
export function AutoMerge(props: {
  mergeRequest: Schemas['MergeRequest'];
  auto: Schemas['AutoMerge'];
}): React.JSX.Element {
  const trans = useTrans();
  const { mergeRequest, auto } = props;
  const { mergeability, target_branch: target } = mergeRequest;
  const cancel = useCancelAutoMerge();
  return (
    <>
      <p className="jp-gitlab-MergeBox-title">
        {auto.user
          ? trans.__(
              'Set by %1 to be merged into %2 when all checks pass.',
              auto.user.name,
              target
            )
          : trans.__('Will be merged into %1 when all checks pass.', target)}
      </p>
      <p>
        {mergeability.mergeable
          ? trans.__('GitLab waits for its pipeline.')
          : trans.__('GitLab waits: %1', mergeability.reason)}
      </p>
      {cancel.error && (
        <ErrorBox
          title={trans.__('It was not cancelled.')}
          error={cancel.error}
          onDismiss={() => cancel.reset()}
        />
      )}
      <Button busy={cancel.isPending} onClick={() => cancel.mutate()}>
        {trans.__('Cancel auto-merge')}
      </Button>
    </>
  );
}
