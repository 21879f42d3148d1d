import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { Button, ErrorBox } from '../../components';
import { useRebase } from '../actions';

type MergeRequest = Schemas['MergeRequest'];

/** Has GitLab put the source branch on the target branch. */
export function RebaseButton(props: {
  mergeRequest: MergeRequest;
  kind?: 'primary' | 'default';
}): React.JSX.Element {
  const trans = useTrans();
  const { mergeRequest, kind } = props;
  const rebase = useRebase();
  const { source_branch: source, target_branch: target } = mergeRequest;
  return (
    <>
      {rebase.error && (
        <ErrorBox
          title={trans.__('It was not rebased.')}
          error={rebase.error}
          onDismiss={() => rebase.reset()}
        />
      )}
      <Button
        kind={kind}
        busy={rebase.isPending || mergeRequest.rebase_in_progress}
        title={trans.__(
          'GitLab puts the commits of %1 on top of %2. Pull afterwards, if your clone is on %1.',
          source,
          target
        )}
        onClick={() => rebase.mutate()}
      >
        {trans.__('Rebase')}
      </Button>
    </>
  );
}

/** How far the source branch has fallen behind, with the way to bring it up to date; nothing if it has not. */
export function Behind(props: {
  mergeRequest: MergeRequest;
}): React.JSX.Element | null {
  const trans = useTrans();
  const { mergeRequest } = props;
  const { behind, target_branch: target, mergeability } = mergeRequest;
  // A rebase would meet the same conflict; and where it is needed its button stands above.
  if (
    !behind ||
    !mergeRequest.can_update ||
    mergeability.status === 'conflict' ||
    mergeability.status === 'need_rebase'
  ) {
    return null;
  }
  return (
    <div className="jp-gitlab-MergeBox-foot">
      <span className="jp-gitlab-muted">
        {trans._n(
          '%2 is %1 commit ahead of this branch.',
          '%2 is %1 commits ahead of this branch.',
          behind,
          target
        )}
      </span>
      <RebaseButton mergeRequest={mergeRequest} />
    </div>
  );
}
