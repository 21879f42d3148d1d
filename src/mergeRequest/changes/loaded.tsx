import type { UseQueryResult } from '@tanstack/react-query';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { Button, EmptyState, ErrorBox, Skeleton } from '../../components';
import { mergeRequestIcon } from '../../icons';
import type { Discussion } from '../../threads/types';
import type { IJump } from '../jump';
import { ReviewBar } from '../review/reviewBar';
import { NEWEST, VersionPicker } from '../versions/picker';
import { discussionsOn } from '../versions/place';
import { SinceReview } from '../versions/sinceReview';
import { useVersionChoice } from '../versions/useVersionChoice';
import { useViewed } from '../viewed/useViewed';
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

/** The changes, once there is a version to show: what is compared, what is new, the files, the review. */
export function LoadedChanges(
  props: IChangesProps & { latest: Schemas['MergeRequestFiles'] }
): React.JSX.Element {
  const trans = useTrans();
  const { mergeRequest, latest, discussions, jump } = props;
  const page = useShownVersion(mergeRequest, latest);
  const version = useVersionChoice(mergeRequest, page.shown, discussions);
  const { choice, choose, review } = version;
  const [filtered, setFiltered] = React.useState(false);
  const [dismissed, setDismissed] = React.useState<string | null>(null);

  React.useEffect(() => {
    if (jump) {
      // The thread may stand on a file that is not listed now.
      setFiltered(false);
      choose(now =>
        now.version === null && now.since === null ? now : NEWEST
      );
    }
  }, [jump, choose]);

  return (
    <div className="jp-gitlab-ChangesTab" {...page.touch}>
      {page.stale && (
        <div className="jp-gitlab-VersionBanner" role="status">
          <span>{trans.__('A new version is available.')}</span>
          <Button
            busy={page.loading}
            onClick={() => {
              choose(NEWEST);
              void page.reload();
            }}
          >
            {trans.__('Reload')}
          </Button>
        </div>
      )}
      {review && review.last.time !== dismissed && (
        <SinceReview
          {...review}
          changed={review.changed?.size ?? null}
          all={page.shown.files.length}
          filtered={filtered}
          onFilter={setFiltered}
          onCompare={review.compare}
          onDismiss={() => {
            setDismissed(review.last.time);
            setFiltered(false);
          }}
        />
      )}
      {props.discussionsError !== null && (
        <ErrorBox
          title={trans.__('The threads could not be read.')}
          error={props.discussionsError}
        />
      )}
      <VersionPicker
        versions={version.versions}
        target={mergeRequest.target_branch}
        choice={choice}
        onChoose={choose}
      />
      {version.files ? (
        <Files
          {...props}
          files={version.files}
          between={choice.since !== null}
          changed={
            choice.version === null && choice.since === null
              ? (review?.changed ?? null)
              : null
          }
          filtered={filtered}
          shownSha={page.shown.diff_refs.head_sha}
        />
      ) : version.error ? (
        <ErrorBox
          title={trans.__('These versions could not be compared.')}
          error={version.error}
          onRetry={version.retry}
        />
      ) : (
        <div className="jp-gitlab-ChangesTab-loading">
          <Skeleton lines={8} />
        </div>
      )}
    </div>
  );
}

/** The files of one comparison: tree on the left, diff of the chosen one on the right, the review below. */
function Files(
  props: Omit<IChangesProps, 'files'> & {
    files: Schemas['MergeRequestFiles'];
    /** Two versions are compared. */
    between: boolean;
    /** Paths of files that have changed since my last review; null: not told. */
    changed: ReadonlySet<string> | null;
    /** Only those are listed. */
    filtered: boolean;
    /** The commit to approve. */
    shownSha: string;
  }
): React.JSX.Element {
  const trans = useTrans();
  const { mergeRequest, files, jump, changed, filtered, between } = props;
  const viewed = useViewed();
  const [path, setPath] = React.useState<string | null>(null);
  const { diff_refs: refs } = files;

  const listed = React.useMemo(
    () =>
      filtered && changed
        ? files.files.filter(file => changed.has(file.path.id))
        : files.files,
    [files, filtered, changed]
  );
  const discussions = React.useMemo(
    () => discussionsOn(props.discussions, refs, between),
    [props.discussions, refs, between]
  );
  const ordered = React.useMemo(() => inTreeOrder(listed), [listed]);
  const counts = React.useMemo(
    () => threadCounts(files.files, discussions),
    [files, discussions]
  );
  const wanted = jump?.path ?? path;
  const chosen =
    ordered.find(file => file.path.id === wanted) ?? firstFile(listed);

  React.useEffect(() => {
    if (jump) {
      setPath(jump.path);
    }
  }, [jump]);

  const next = chosen && viewed.next(ordered, chosen);
  return (
    <>
      {!chosen ? (
        <EmptyState icon={mergeRequestIcon} title={trans.__('No changes')}>
          {between
            ? trans.__('Both versions hold the same changes.')
            : trans.__(
                'The branches %1 and %2 hold the same files.',
                mergeRequest.source_branch,
                mergeRequest.target_branch
              )}
        </EmptyState>
      ) : (
        <div className="jp-gitlab-ChangesTab-columns">
          <FileTree
            files={listed}
            chosen={chosen.path.id}
            counts={counts}
            changed={changed}
            isViewed={viewed.isFile}
            onChoose={setPath}
          />
          <FileDiffPane
            key={`${chosen.path.id}@${refs.base_sha}..${refs.head_sha}`}
            file={chosen}
            diffRefs={refs}
            discussions={discussions}
            viewed={viewed}
            onNext={next ? () => setPath(next.path.id) : null}
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
        shownSha={props.shownSha}
        onJump={props.onJump}
      />
    </>
  );
}
