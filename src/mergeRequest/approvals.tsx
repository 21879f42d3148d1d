import type { TranslationBundle } from '@jupyterlab/translation';
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

/** Who approved, whether that is enough, and who may. */
export function Approvals(props: {
  mergeRequest: MergeRequest;
}): React.JSX.Element {
  const trans = useTrans();
  const { approvals, state } = props.mergeRequest;
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
          trans.__('Nobody has approved yet.')}
      </p>
      {approvals.approved_by.map(user => (
        <UserName key={user.id} user={user} avatar />
      ))}
      {approvals.rules.map(rule => (
        <Rule key={rule.name} rule={rule} />
      ))}
      {state === 'opened' && (
        <p className="jp-gitlab-muted jp-gitlab-Approvals-who">
          {whoMay(approvals, trans)}
        </p>
      )}
    </>
  );
}

/** Who may approve, as far as GitLab tells; on GitLab Free it names nobody. */
function whoMay(
  approvals: Schemas['Approvals'],
  trans: TranslationBundle
): string {
  const words: string[] = [];
  if (!approvals.user_has_approved && !approvals.user_can_approve) {
    words.push(trans.__('You can’t approve this merge request.'));
  }
  if (!approvals.required) {
    words.push(
      trans.__(
        'Approval is optional: anybody with the Developer role may give it, the author only where the project allows it.'
      )
    );
  }
  return words.join(' ');
}

/** One rule of a paid edition: how many of whom. */
function Rule(props: { rule: Schemas['ApprovalRule'] }): React.JSX.Element {
  const trans = useTrans();
  const { rule } = props;
  const given = rule.approved_by.length;
  const names = rule.eligible.map(user => user.name).join(', ');
  return (
    <p className="jp-gitlab-Approvals-rule">
      <span aria-hidden="true">{rule.approved ? '✓ ' : '○ '}</span>
      {trans.__('%1: %2 of %3', rule.name, given, rule.required)}
      <span className="jp-gitlab-muted">
        {' '}
        {names
          ? trans.__('by %1', names)
          : trans.__('by anybody who may approve')}
      </span>
    </p>
  );
}
