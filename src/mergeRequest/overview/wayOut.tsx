import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { Button } from '../../components';
import { useUpdate } from '../actions';
import { ApproveButton } from '../approvals';
import { CheckOutButton } from '../checkOut';
import type { IJump } from '../jump';
import { showThread } from '../jump';
import { OpenOnGitLab } from '../openOnGitLab';
import { RebaseButton } from './rebase';

/** A button for what stands in the way, where there is one; else the way to GitLab's page. */
export function WayOut(props: {
  mergeRequest: Schemas['MergeRequest'];
  discussions: readonly Schemas['Discussion'][];
  onShow: (jump: IJump) => void;
}): React.JSX.Element | null {
  const trans = useTrans();
  const { mergeRequest } = props;
  const update = useUpdate();
  switch (mergeRequest.mergeability.status) {
    case 'draft_status':
      return mergeRequest.can_update ? (
        <Button
          busy={update.isPending}
          onClick={() => update.mutate({ draft: false })}
        >
          {trans.__('Mark as ready')}
        </Button>
      ) : null;
    case 'discussions_not_resolved':
      return <ToThread {...props} />;
    case 'not_approved':
      return (
        <ApproveButton
          mergeRequest={mergeRequest}
          sha={mergeRequest.sha}
          quiet
        />
      );
    case 'conflict':
      return <CheckOutButton mergeRequest={mergeRequest} />;
    case 'need_rebase':
      return (
        <>
          <RebaseButton mergeRequest={mergeRequest} kind="primary" />
          <CheckOutButton mergeRequest={mergeRequest} />
        </>
      );
    default:
      return <OpenOnGitLab url={mergeRequest.web_url} />;
  }
}

/** Leads to the first thread that is not resolved: at its line, or below on this page. */
function ToThread(props: {
  discussions: readonly Schemas['Discussion'][];
  onShow: (jump: IJump) => void;
}): React.JSX.Element | null {
  const trans = useTrans();
  const open = props.discussions.filter(
    each => each.resolvable && !each.resolved
  );
  const first = open.find(each => each.position?.outdated === false) ?? open[0];
  if (!first) {
    return null;
  }
  const show = (event: React.MouseEvent<HTMLElement>) => {
    const { position } = first;
    if (position && !position.outdated) {
      props.onShow({ path: position.new_path.id, discussionId: first.id });
      return;
    }
    const here = event.currentTarget
      .closest('.jp-gitlab-Overview')
      ?.querySelector<HTMLElement>(`[data-gitlab-thread="${first.id}"]`);
    if (here) {
      showThread(here);
    }
  };
  return (
    <Button onClick={show}>
      {trans._n(
        'Show the unresolved thread',
        'Show the first of %1 unresolved threads',
        open.length
      )}
    </Button>
  );
}
