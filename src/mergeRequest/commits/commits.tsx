import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { useMergeRequestCommits } from '../../api/queries';
import {
  EmptyState,
  ErrorBox,
  moveFocus,
  RelativeTime,
  Skeleton
} from '../../components';
import { useDocument } from '../context';
import { CommitSha, CommitView } from './commitView';

type Commit = Schemas['MergeRequestCommit'];

/** The commits of the merge request, newest first; one that is chosen shows what it changes. */
export function Commits(): React.JSX.Element {
  const trans = useTrans();
  const { folder, iid } = useDocument();
  const query = useMergeRequestCommits(folder, iid);
  const [chosen, setChosen] = React.useState<string | null>(null);
  const left = React.useRef<string | null>(null);
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
  const index = commits.findIndex(commit => commit.sha === chosen);
  if (index !== -1) {
    const step = (by: number) => {
      const other = commits.find((_, place) => place === index + by);
      return other ? () => setChosen(other.sha) : null;
    };
    return (
      <CommitView
        key={commits[index].sha}
        commit={commits[index]}
        onNewer={step(-1)}
        onOlder={step(1)}
        onBack={() => {
          left.current = chosen;
          setChosen(null);
        }}
      />
    );
  }
  return (
    <CommitList commits={commits} focused={left.current} onChoose={setChosen} />
  );
}

function CommitList(props: {
  commits: readonly Commit[];
  /** The one that was looked at last: the focus goes back to it. */
  focused: string | null;
  onChoose: (sha: string) => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { focused, onChoose } = props;
  const list = React.useRef<HTMLOListElement>(null);
  React.useLayoutEffect(() => {
    if (focused !== null) {
      list.current
        ?.querySelector<HTMLElement>(`[data-sha="${focused}"]`)
        ?.focus();
    }
  }, [focused]);
  return (
    <ol
      ref={list}
      className="jp-gitlab-Commits"
      onKeyDown={event => moveFocus(event, '.jp-gitlab-Commits-title')}
    >
      {props.commits.map(commit => (
        <li key={commit.sha}>
          <button
            type="button"
            className="jp-gitlab-Commits-title"
            data-sha={commit.sha}
            title={trans.__('Show what the commit changes')}
            onClick={() => onChoose(commit.sha)}
          >
            {commit.title}
          </button>
          <div className="jp-gitlab-muted">
            {commit.author_name} · <RelativeTime time={commit.authored_at} />
          </div>
          <CommitSha commit={commit} />
        </li>
      ))}
    </ol>
  );
}
