import * as React from 'react';

import type { Schemas } from '../api/client';
import { useTrans } from '../api/context';
import { approvalWords, Button, ErrorBox, UserName } from '../components';
import { useApprove } from './actions';

type MergeRequest = Schemas['MergeRequest'];

/** Approve, or take the approval back; nothing where the user may do neither. */
export function ApproveButton(props: {
  mergeRequest: MergeRequest;
  /** The commit that the user has seen. */
  sha: string | null;
  /** Not the main thing of its view; who approved stands beside it. */
  quiet?: boolean;
}): React.JSX.Element | null {
  const trans = useTrans();
  const { mergeRequest, sha } = props;
  const approve = useApprove();
  const { approvals, state } = mergeRequest;
  if (approvals === null || state !== 'opened') {
    return null;
  }
  const { user_has_approved: has, user_can_approve: may } = approvals;
  if (!has && (!may || sha === null)) {
    return null;
  }
  return (
    <>
      {approve.error && (
        <ErrorBox
          title={
            has
              ? trans.__('The approval was not taken back.')
              : trans.__('The approval was not given.')
          }
          error={approve.error}
          onDismiss={() => approve.reset()}
        />
      )}
      {has ? (
        <>
          {!props.quiet && (
            <span className="jp-gitlab-Approved">
              <span aria-hidden="true">✓ </span>
              {trans.__('You approved')}
            </span>
          )}
          <Button busy={approve.isPending} onClick={() => approve.mutate(null)}>
            {trans.__('Revoke approval')}
          </Button>
        </>
      ) : (
        <Button
          kind={props.quiet ? 'default' : 'primary'}
          busy={approve.isPending}
          onClick={() => approve.mutate(sha)}
        >
          {trans.__('Approve')}
        </Button>
      )}
    </>
  );
}

/** Who approved, and whether that is enough. */
export function Approvals(props: {
  mergeRequest: MergeRequest;
}): React.JSX.Element {
  const trans = useTrans();
  const { approvals } = props.mergeRequest;
  if (approvals === null) {
    return (
      <p className="jp-gitlab-muted">
        {trans.__('GitLab tells nothing about approvals.')}
      </p>
    );
  }
  return (
    <>
      <p>
        {approvalWords(approvals, trans) ||
          trans.__('Nobody has approved yet; approval is optional.')}
      </p>
      {approvals.approved_by.map(user => (
        <UserName key={user.id} user={user} avatar />
      ))}
    </>
  );
}
