import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { useCommitFiles } from '../../api/mergeRequestQueries';
import {
  Button,
  EmptyState,
  ErrorBox,
  RelativeTime,
  Skeleton
} from '../../components';
import { FileDiffView } from '../../diff/fileDiffView';
import { ComparedFile } from '../changes/comparedFile';
import { FileTree } from '../changes/fileTree';
import { firstFile, type IThreadCount } from '../changes/files';
import { useDocument } from '../context';

type Commit = Schemas['MergeRequestCommit'];

const NO_COUNTS: ReadonlyMap<string, IThreadCount> = new Map();

/** What one commit changes, in the one diff view; nothing can be commented here. */
export function CommitView(props: {
  commit: Commit;
  /** Null at the ends of the list. */
  onNewer: (() => void) | null;
  onOlder: (() => void) | null;
  onBack: () => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { folder, iid } = useDocument();
  const { commit, onNewer, onOlder, onBack } = props;
  const query = useCommitFiles(folder, iid, commit.sha);
  const back = React.useRef<HTMLButtonElement>(null);
  React.useLayoutEffect(() => back.current?.focus(), []);
  return (
    <section
      className="jp-gitlab-CommitView"
      aria-label={trans.__('Commit %1', commit.short_sha)}
      onKeyDown={event => {
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.stopPropagation();
          onBack();
        }
      }}
    >
      <header className="jp-gitlab-CommitView-head">
        <Button ref={back} onClick={onBack}>
          <span aria-hidden="true">‹ </span>
          {trans.__('All commits')}
        </Button>
        <div className="jp-gitlab-CommitView-title">
          <h2>{commit.title}</h2>
          <div className="jp-gitlab-muted">
            {commit.author_name} · <RelativeTime time={commit.authored_at} /> ·{' '}
            <CommitSha commit={commit} />
          </div>
        </div>
        <span className="jp-gitlab-spacer" />
        <Button disabled={!onNewer} onClick={onNewer ?? undefined}>
          {trans.__('Newer')}
        </Button>
        <Button disabled={!onOlder} onClick={onOlder ?? undefined}>
          {trans.__('Older')}
        </Button>
      </header>
      {query.data ? (
        <CommitFiles files={query.data} />
      ) : query.error ? (
        <ErrorBox
          title={trans.__('The files of the commit could not be listed.')}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <div className="jp-gitlab-ChangesTab-loading">
          <Skeleton lines={8} />
        </div>
      )}
    </section>
  );
}

function CommitFiles(props: {
  files: Schemas['MergeRequestFiles'];
}): React.JSX.Element {
  const trans = useTrans();
  const { files, diff_refs: refs } = props.files;
  const [path, setPath] = React.useState<string | null>(null);
  const chosen = files.find(file => file.path.id === path) ?? firstFile(files);
  if (!chosen) {
    return (
      <EmptyState title={trans.__('No changes')}>
        {trans.__('This commit changes no file against its first parent.')}
      </EmptyState>
    );
  }
  return (
    <div className="jp-gitlab-ChangesTab-columns">
      <FileTree
        files={files}
        chosen={chosen.path.id}
        counts={NO_COUNTS}
        onChoose={setPath}
      />
      <ComparedFile key={chosen.path.id} file={chosen} diffRefs={refs}>
        {view => (
          <div className="jp-gitlab-FileDiffPane-body">
            <FileDiffView {...view} />
          </div>
        )}
      </ComparedFile>
    </div>
  );
}

/** The commit's name, which leads to its page on GitLab. */
export function CommitSha(props: { commit: Commit }): React.JSX.Element {
  const trans = useTrans();
  const { commit } = props;
  return (
    <a
      className="jp-gitlab-Commits-sha"
      href={commit.web_url}
      target="_blank"
      rel="noopener noreferrer"
      title={trans.__('Open on GitLab')}
    >
      {commit.short_sha}
    </a>
  );
}
