import type { UseQueryResult } from '@tanstack/react-query';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { UserName } from '../../components';
import { Markdown } from '../../components/markdown';
import { useThreads } from '../../threads/context';
import { Approvals, ApproveButton } from '../approvals';
import type { IJump } from '../jump';
import { Activity } from './activity';
import { MergeBox } from './mergeBox';

/** What the merge request is about, how it stands, and what was said. */
export function Overview(props: {
  mergeRequest: Schemas['MergeRequest'];
  discussions: UseQueryResult<Schemas['Discussions']>;
  onShow: (jump: IJump) => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { rendermime } = useThreads();
  const { mergeRequest } = props;
  return (
    <div className="jp-gitlab-Overview">
      <div className="jp-gitlab-Overview-columns">
        <div className="jp-gitlab-Overview-main">
          <section
            className="jp-gitlab-Overview-description"
            aria-label={trans.__('Description')}
          >
            {mergeRequest.description.trim() ? (
              <Markdown
                source={mergeRequest.description}
                rendermime={rendermime}
              />
            ) : (
              <p className="jp-gitlab-muted">{trans.__('No description.')}</p>
            )}
          </section>
          <MergeBox mergeRequest={mergeRequest} />
          <Activity discussions={props.discussions} onShow={props.onShow} />
        </div>
        <aside
          className="jp-gitlab-Overview-side"
          aria-label={trans.__('Details')}
        >
          <Detail title={trans.__('Approvals')}>
            <Approvals mergeRequest={mergeRequest} />
            <ApproveButton
              mergeRequest={mergeRequest}
              sha={mergeRequest.sha}
              quiet
            />
          </Detail>
          <People
            title={trans.__('Reviewers')}
            none={trans.__('No reviewers')}
            users={mergeRequest.reviewers}
          />
          <People
            title={trans.__('Assignees')}
            none={trans.__('No assignees')}
            users={mergeRequest.assignees}
          />
          <Detail title={trans.__('Labels')}>
            {mergeRequest.labels.length > 0 ? (
              <div className="jp-gitlab-Labels">
                {mergeRequest.labels.map(label => (
                  <span key={label} className="jp-gitlab-Label">
                    {label}
                  </span>
                ))}
              </div>
            ) : (
              <p className="jp-gitlab-muted">{trans.__('No labels')}</p>
            )}
          </Detail>
          {mergeRequest.milestone !== null && (
            <Detail title={trans.__('Milestone')}>
              <p>{mergeRequest.milestone.title}</p>
            </Detail>
          )}
        </aside>
      </div>
    </div>
  );
}

function Detail(props: {
  title: string;
  children: React.ReactNode;
}): React.JSX.Element {
  return (
    <section className="jp-gitlab-Detail">
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}

function People(props: {
  title: string;
  none: string;
  users: readonly Schemas['User'][];
}): React.JSX.Element {
  return (
    <Detail title={props.title}>
      {props.users.length > 0 ? (
        props.users.map(user => <UserName key={user.id} user={user} avatar />)
      ) : (
        <p className="jp-gitlab-muted">{props.none}</p>
      )}
    </Detail>
  );
}
