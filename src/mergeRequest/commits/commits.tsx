import * as React from 'react';

import { useTrans } from '../../api/context';
import { useMergeRequestCommits } from '../../api/queries';
import { EmptyState, ErrorBox, RelativeTime, Skeleton } from '../../components';
import { useDocument } from '../context';

/** The commits of the merge request, newest first. */
export function Commits(): React.JSX.Element {
  const trans = useTrans();
  const { folder, iid } = useDocument();
  const query = useMergeRequestCommits(folder, iid);
  if (!query.data) {
    return query.error ? (
      <ErrorBox
        title={trans.__('The commits could not be listed.')}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    ) : (
      <Skeleton lines={5} />
    );
  }
  const { commits } = query.data;
  if (commits.length === 0) {
    return (
      <EmptyState title={trans.__('No commits')}>
        {trans.__('Commits pushed to the source branch show up here.')}
      </EmptyState>
    );
  }
  return (
    <ol className="jp-gitlab-Commits">
      {commits.map(commit => (
        <li key={commit.sha}>
          <div className="jp-gitlab-Commits-title">{commit.title}</div>
          <div className="jp-gitlab-muted">
            {commit.author_name} · <RelativeTime time={commit.authored_at} />
          </div>
          <a
            className="jp-gitlab-Commits-sha"
            href={commit.web_url}
            target="_blank"
            rel="noopener noreferrer"
            title={trans.__('Open on GitLab')}
          >
            {commit.short_sha}
          </a>
        </li>
      ))}
    </ol>
  );
}
