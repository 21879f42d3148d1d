import type { UseQueryResult } from '@tanstack/react-query';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { ScreenProvider } from '../../diff/screen/screen';
import { Approvals, ApproveButton } from '../approvals';
import { EditableDescription } from '../edit/description';
import {
  LabelsDetail,
  MilestoneDetail,
  OptionsDetail,
  PeopleDetail
} from '../edit/details';
import type { IJump } from '../jump';
import { Activity } from './activity';
import { MergeBox } from './mergeBox';

const NONE: readonly Schemas['Discussion'][] = [];

/** What the merge request is about, how it stands, and what was said. */
export function Overview(props: {
  mergeRequest: Schemas['MergeRequest'];
  discussions: UseQueryResult<Schemas['Discussions']>;
  onShow: (jump: IJump) => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { mergeRequest } = props;
  const [scroller, setScroller] = React.useState<HTMLElement | null>(null);
  return (
    <div ref={setScroller} className="jp-gitlab-Overview">
      <div className="jp-gitlab-Overview-columns">
        <div className="jp-gitlab-Overview-main">
          <EditableDescription mergeRequest={mergeRequest} />
          <MergeBox
            mergeRequest={mergeRequest}
            discussions={props.discussions.data?.discussions ?? NONE}
            onShow={props.onShow}
          />
          {scroller && (
            <ScreenProvider root={scroller}>
              <Activity discussions={props.discussions} onShow={props.onShow} />
            </ScreenProvider>
          )}
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
          <PeopleDetail mergeRequest={mergeRequest} of="reviewers" />
          <PeopleDetail mergeRequest={mergeRequest} of="assignees" />
          <LabelsDetail mergeRequest={mergeRequest} />
          <MilestoneDetail mergeRequest={mergeRequest} />
          <OptionsDetail mergeRequest={mergeRequest} />
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
