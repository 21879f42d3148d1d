import * as React from 'react';

import { useTrans } from '../api/context';
import { describeError } from '../api/describe';
import { hasCode } from '../api/errors';
import {
  useDiscussions,
  useMergeRequest,
  useMergeRequestCommits,
  useMergeRequestFiles
} from '../api/queries';
import { Button, ErrorBox, plainTitle, Skeleton } from '../components';
import { offlineIcon } from '../icons';
import { Threads } from '../threads/provider';
import { type Discussion, projectUrl } from '../threads/types';
import { Changes } from './changes/changes';
import { Commits } from './commits/commits';
import { useDocument } from './context';
import { DocumentError } from './documentError';
import { Header } from './header';
import type { IJump } from './jump';
import { Overview } from './overview/overview';
import { type TabName, TabPanel, Tabs } from './tabs';

const NO_DISCUSSIONS: readonly Discussion[] = [];

/** A merge request: head, tabs, and what the chosen tab shows. */
export function MergeRequestDocument(): React.JSX.Element {
  const { folder, iid, rendermime, setTitle } = useDocument();
  // All at once: none waits for the other.
  const mergeRequest = useMergeRequest(folder, iid);
  const discussions = useDiscussions(folder, iid);
  const preparing =
    mergeRequest.data !== undefined && mergeRequest.data.diff_refs === null;
  const files = useMergeRequestFiles(folder, iid, null, !preparing);
  const [chosen, setTab] = React.useState<TabName | null>(null);
  const first = React.useRef<TabName | null>(null);
  const [jump, setJump] = React.useState<IJump | null>(null);

  const title = mergeRequest.data && plainTitle(mergeRequest.data);
  React.useEffect(() => {
    if (title !== undefined) {
      setTitle(title);
    }
  }, [title, setTitle]);

  const url = mergeRequest.data && projectUrl(mergeRequest.data.web_url);
  const show = React.useCallback((target: IJump) => {
    setTab('changes');
    setJump(target);
  }, []);
  const onJumped = React.useCallback(() => setJump(null), []);

  if (!mergeRequest.data) {
    return mergeRequest.error ? (
      <DocumentError
        error={mergeRequest.error}
        onRetry={() => void mergeRequest.refetch()}
      />
    ) : (
      <div className="jp-gitlab-MergeRequest">
        <Skeleton lines={10} />
      </div>
    );
  }
  // What is open is there to be reviewed; what is done, to be read about. Decided once: a merge must not turn the page.
  first.current ??=
    mergeRequest.data.state === 'opened' ? 'changes' : 'overview';
  const tab = chosen ?? first.current;
  return (
    <Threads
      folder={folder}
      iid={iid}
      projectUrl={url ?? ''}
      rendermime={rendermime}
    >
      <div className="jp-gitlab-MergeRequest">
        <Header mergeRequest={mergeRequest.data} />
        <DocumentTabs
          tab={tab}
          files={files.data?.files.length ?? null}
          ready={files.data !== undefined}
          onTab={setTab}
        />
        <StaleBox query={mergeRequest} />
        <TabPanel name="overview" chosen={tab}>
          <Overview
            mergeRequest={mergeRequest.data}
            discussions={discussions}
            onShow={show}
          />
        </TabPanel>
        <TabPanel name="changes" chosen={tab}>
          <Changes
            mergeRequest={mergeRequest.data}
            files={files}
            discussions={discussions.data?.discussions ?? NO_DISCUSSIONS}
            discussionsError={discussions.data ? null : discussions.error}
            jump={jump}
            onJump={show}
            onJumped={onJumped}
          />
        </TabPanel>
        <TabPanel name="commits" chosen={tab}>
          <Commits />
        </TabPanel>
      </div>
    </Threads>
  );
}

function DocumentTabs(props: {
  tab: TabName;
  files: number | null;
  /** The first things have been asked for: the rest may follow. */
  ready: boolean;
  onTab: (tab: TabName) => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { folder, iid } = useDocument();
  const commits = useMergeRequestCommits(folder, iid, props.ready);
  return (
    <Tabs
      chosen={props.tab}
      onChoose={props.onTab}
      tabs={[
        { name: 'overview', label: trans.__('Overview'), count: null },
        { name: 'changes', label: trans.__('Changes'), count: props.files },
        {
          name: 'commits',
          label: trans.__('Commits'),
          count: commits.data?.commits.length ?? null
        }
      ]}
    />
  );
}

/** The last look failed, but what was known before still shows. */
function StaleBox(props: {
  query: ReturnType<typeof useMergeRequest>;
}): React.JSX.Element | null {
  const trans = useTrans();
  const { query } = props;
  if (!query.error) {
    return null;
  }
  const since = new Date(query.dataUpdatedAt).toLocaleTimeString();
  const retry = () => void query.refetch();
  if (
    !hasCode(
      query.error,
      'gitlab_unreachable',
      'gitlab_timeout',
      'server_unreachable'
    )
  ) {
    return (
      <ErrorBox
        title={trans.__('The merge request was last read at %1.', since)}
        error={query.error}
        onRetry={retry}
      />
    );
  }
  return (
    <div className="jp-gitlab-VersionBanner" data-tone="warning" role="status">
      <offlineIcon.react tag="span" />
      <span title={describeError(query.error, trans).message}>
        {trans.__('Offline: this is what GitLab said at %1.', since)}
      </span>
      <Button busy={query.isFetching} onClick={retry}>
        {trans.__('Try again')}
      </Button>
    </div>
  );
}
