import { launchIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import {
  approvalWords,
  Badge,
  Button,
  copyLink,
  type MenuEntry,
  MoreButton,
  PipelineStatus,
  plainTitle
} from '../../components';
import { CommandIDs } from '../../tokens';
import { setDraft } from '../actions';
import { useServices } from '../context';
import type { ICurrent, IServices } from '../services';

type MergeRequest = Schemas['MergeRequest'];

/** The branch's merge request: what it is called, how it stands, the way into its review. */
export function Card(props: {
  current: ICurrent;
  mergeRequest: MergeRequest;
}): React.JSX.Element {
  const { current, mergeRequest } = props;
  const services = useServices();
  const trans = useTrans();
  const [busy, setBusy] = React.useState(false);
  const open = () =>
    void services.app.commands.execute(CommandIDs.openMergeRequest, {
      folder: current.folder,
      iid: mergeRequest.iid
    });
  const ready = async (): Promise<void> => {
    setBusy(true);
    try {
      await setDraft(services, false, mergeRequest.iid);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="jp-gitlab-Card">
      <div className="jp-gitlab-Card-title">
        <b className="jp-gitlab-muted">!{mergeRequest.iid}</b>
        <span>{plainTitle(mergeRequest)}</span>
        {mergeRequest.draft && <Badge>{trans.__('draft')}</Badge>}
        <MoreButton
          label={trans.__('More about !%1', mergeRequest.iid)}
          entries={() => cardEntries(services, mergeRequest)}
        />
      </div>
      <CardFacts mergeRequest={mergeRequest} />
      <div className="jp-gitlab-Card-actions">
        <Button
          kind={mergeRequest.draft ? 'default' : 'primary'}
          onClick={open}
        >
          {trans.__('Open review')}
        </Button>
        {mergeRequest.draft && mergeRequest.can_update && (
          <Button busy={busy} onClick={() => void ready()}>
            {trans.__('Mark as ready')}
          </Button>
        )}
      </div>
    </div>
  );
}

function CardFacts(props: { mergeRequest: MergeRequest }): React.JSX.Element {
  const { approvals, unresolved, mergeability, pipeline_status } =
    props.mergeRequest;
  const trans = useTrans();
  return (
    <div className="jp-gitlab-Card-facts">
      <span title={trans.__('Target branch')}>
        → {props.mergeRequest.target_branch}
      </span>
      {pipeline_status !== null && <PipelineStatus status={pipeline_status} />}
      {approvals !== null && (
        <span title={approvals.approved_by.map(user => user.name).join(', ')}>
          {approvalWords(approvals, trans) || trans.__('not approved yet')}
        </span>
      )}
      {unresolved !== null && unresolved > 0 && (
        <span className="jp-gitlab-Card-unresolved">
          {trans.__('%1 unresolved', unresolved)}
        </span>
      )}
      {!mergeability.mergeable &&
        !mergeability.checking &&
        // The badge says this one.
        mergeability.status !== 'draft_status' && (
          <span title={mergeability.hint}>{mergeability.reason}</span>
        )}
    </div>
  );
}

function cardEntries(
  services: IServices,
  mergeRequest: MergeRequest
): MenuEntry[] {
  const { trans } = services;
  return [
    {
      label: trans.__('Copy link'),
      execute: () => copyLink(mergeRequest.web_url, trans)
    },
    {
      label: trans.__('Open on GitLab'),
      icon: launchIcon,
      execute: () =>
        void window.open(mergeRequest.web_url, '_blank', 'noopener,noreferrer')
    },
    'separator',
    {
      label: mergeRequest.draft
        ? trans.__('Mark as ready')
        : trans.__('Mark as draft'),
      enabled: mergeRequest.can_update,
      execute: () =>
        void setDraft(services, !mergeRequest.draft, mergeRequest.iid)
    }
  ];
}
