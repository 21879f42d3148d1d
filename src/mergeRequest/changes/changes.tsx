import type { UseQueryResult } from '@tanstack/react-query';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import {
  Button,
  EmptyState,
  ErrorBox,
  Skeleton,
  Spinner
} from '../../components';
import { mergeRequestIcon } from '../../icons';
import type { Discussion } from '../../threads/types';
import type { IJump } from '../jump';
import { ReviewBar } from '../review/reviewBar';
import { FileDiffPane } from './fileDiffPane';
import { FileTree } from './fileTree';
import { firstFile, inTreeOrder, threadCounts } from './files';
import { useShownVersion } from './version';

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
  const { mergeRequest, latest, discussions, jump } = props;
  const version = useShownVersion(mergeRequest, latest);
  const { shown } = version;
  const [path, setPath] = React.useState<string | null>(null);

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

  return (
    <div className="jp-gitlab-ChangesTab" {...version.touch}>
      {version.stale && (
        <div className="jp-gitlab-VersionBanner" role="status">
          <span>{trans.__('A new version is available.')}</span>
          <Button busy={version.loading} onClick={() => void version.reload()}>
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
