import { useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { keys } from '../../api/queries';
import {
  Button,
  EmptyState,
  ErrorBox,
  Skeleton,
  Spinner
} from '../../components';
import { mergeRequestIcon } from '../../icons';
import type { Discussion } from '../../threads/types';
import { useDocument } from '../context';
import { FileDiffPane } from './fileDiffPane';
import { FileTree } from './fileTree';
import { firstFile, inTreeOrder, threadCounts } from './files';
import { ReviewBar } from './reviewBar';

/** A place to bring the reader to: a thread of a file; without one, the first unresolved thread. */
export interface IJump {
  path: string;
  discussionId: string | null;
}

export interface IChangesProps {
  mergeRequest: Schemas['MergeRequest'];
  files: UseQueryResult<Schemas['MergeRequestFiles']>;
  discussions: readonly Discussion[];
  discussionsError: unknown;
  jump: IJump | null;
  onJump: (jump: IJump) => void;
  onJumped: () => void;
}

/** The files of the newest version: tree on the left, diff of the chosen one on the right. */
export function Changes(props: IChangesProps): React.JSX.Element {
  const trans = useTrans();
  const { mergeRequest, files } = props;
  if (mergeRequest.diff_refs === null && !files.data) {
    return (
      <EmptyState
        icon={mergeRequestIcon}
        title={trans.__('GitLab is preparing this merge request')}
        actions={<Spinner label={trans.__('Waiting')} />}
      >
        {trans.__('The changes show here in a moment.')}
      </EmptyState>
    );
  }
  if (!files.data) {
    return files.error ? (
      <ErrorBox
        title={trans.__('The changed files could not be listed.')}
        error={files.error}
        onRetry={() => void files.refetch()}
      />
    ) : (
      <div className="jp-gitlab-ChangesTab-loading">
        <p className="jp-gitlab-muted">{trans.__('Reading the changes…')}</p>
        <Skeleton lines={8} />
      </div>
    );
  }
  return <LoadedChanges {...props} latest={files.data} />;
}

function LoadedChanges(
  props: IChangesProps & { latest: Schemas['MergeRequestFiles'] }
): React.JSX.Element {
  const trans = useTrans();
  const cache = useQueryClient();
  const { folder, iid } = useDocument();
  const { mergeRequest, latest, discussions, jump } = props;
  // The version on the page stays until the reader asks for a newer one; a page that nobody has touched yet follows.
  const [shown, setShown] = React.useState(latest);
  const touched = React.useRef(false);
  const touch = () => {
    touched.current = true;
  };
  const [path, setPath] = React.useState<string | null>(null);
  const [loading, setLoading] = React.useState(false);

  const ordered = React.useMemo(() => inTreeOrder(shown.files), [shown.files]);
  const counts = React.useMemo(
    () => threadCounts(shown.files, discussions),
    [shown.files, discussions]
  );
  const wanted = jump?.path ?? path;
  const chosen =
    ordered.find(file => file.path.id === wanted) ?? firstFile(shown.files);

  React.useEffect(() => {
    if (jump) {
      setPath(jump.path);
    }
  }, [jump]);

  const stale =
    !isSameVersion(shown.diff_refs, latest.diff_refs) ||
    (mergeRequest.diff_refs !== null &&
      !isSameVersion(shown.diff_refs, mergeRequest.diff_refs));
  const reload = React.useCallback(async () => {
    setLoading(true);
    try {
      await cache.invalidateQueries({
        queryKey: keys.mergeRequest(folder, iid)
      });
      const fresh = cache.getQueryData<Schemas['MergeRequestFiles']>(
        keys.files(folder, iid, null)
      );
      if (fresh) {
        setShown(fresh);
      }
    } finally {
      setLoading(false);
    }
  }, [cache, folder, iid]);
  const newest = mergeRequest.diff_refs?.head_sha ?? latest.diff_refs.head_sha;
  React.useEffect(() => {
    if (stale && !touched.current) {
      void reload();
    }
  }, [stale, newest, reload]);

  return (
    <div
      className="jp-gitlab-ChangesTab"
      onPointerDownCapture={touch}
      onKeyDownCapture={touch}
      onWheelCapture={touch}
    >
      {stale && (
        <div className="jp-gitlab-VersionBanner" role="status">
          <span>{trans.__('A new version is available.')}</span>
          <Button busy={loading} onClick={() => void reload()}>
            {trans.__('Reload')}
          </Button>
        </div>
      )}
      {props.discussionsError !== null && (
        <ErrorBox
          title={trans.__('The threads could not be read.')}
          error={props.discussionsError}
        />
      )}
      {shown.files.length === 0 || !chosen ? (
        <EmptyState icon={mergeRequestIcon} title={trans.__('No changes')}>
          {trans.__(
            'The branches %1 and %2 hold the same files.',
            mergeRequest.source_branch,
            mergeRequest.target_branch
          )}
        </EmptyState>
      ) : (
        <div className="jp-gitlab-ChangesTab-columns">
          <FileTree
            files={shown.files}
            chosen={chosen.path.id}
            counts={counts}
            onChoose={setPath}
          />
          <FileDiffPane
            key={`${chosen.path.id}@${shown.diff_refs.head_sha}`}
            file={chosen}
            diffRefs={shown.diff_refs}
            discussions={discussions}
            jump={jump?.path === chosen.path.id ? jump : null}
            onJumped={props.onJumped}
          />
        </div>
      )}
      <ReviewBar
        mergeRequest={mergeRequest}
        ordered={ordered}
        counts={counts}
        chosen={chosen ?? null}
        shownSha={shown.diff_refs.head_sha}
        onJump={props.onJump}
      />
    </div>
  );
}

function isSameVersion(
  a: Schemas['DiffRefs'],
  b: Schemas['DiffRefs']
): boolean {
  return (
    a.base_sha === b.base_sha &&
    a.start_sha === b.start_sha &&
    a.head_sha === b.head_sha
  );
}
