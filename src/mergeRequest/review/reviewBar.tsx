import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { Button, ErrorBox } from '../../components';
import { usePending } from '../../threads/pending';
import { ApproveButton } from '../approvals';
import type { IThreadCount, MergeRequestFile } from '../changes/files';
import { type IJump, nextUnresolved, showThread } from '../jump';
import { useUnresolved } from '../useUnresolved';
import { useSubmitReview } from './submitDialog';

/**
 * Below the diff: how many comments of mine are pending and how many threads wait, the way to the next one, the review,
 * and the approval.
 */
export function ReviewBar(props: {
  mergeRequest: Schemas['MergeRequest'];
  /** The files in the order of the tree. */
  ordered: readonly MergeRequestFile[];
  counts: ReadonlyMap<string, IThreadCount>;
  chosen: MergeRequestFile | null;
  /** The commit that is shown: the one to approve. */
  shownSha: string;
  onJump: (jump: IJump) => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { mergeRequest, counts, ordered, chosen, onJump } = props;
  const { notes: pending, error } = usePending();
  const submit = useSubmitReview(mergeRequest, props.shownSha);
  const ref = React.useRef<HTMLDivElement>(null);
  const inFiles = [...counts.values()].reduce(
    (sum, count) => sum + count.unresolved,
    0
  );
  const next = () => {
    const here = nextUnresolved(ref.current?.parentElement ?? null);
    if (here) {
      showThread(here);
      return;
    }
    const start = chosen ? ordered.indexOf(chosen) + 1 : 0;
    const after = [...ordered.slice(start), ...ordered.slice(0, start)];
    const file = after.find(
      each => (counts.get(each.path.id)?.unresolved ?? 0) > 0
    );
    if (file) {
      onJump({ path: file.path.id, discussionId: null });
    }
  };
  const open = useUnresolved(mergeRequest);
  const unresolved =
    open === null
      ? trans.__('Reading the threads…')
      : open === 0
        ? trans.__('No unresolved threads')
        : trans._n('%1 unresolved thread', '%1 unresolved threads', open);
  return (
    <div
      ref={ref}
      className="jp-gitlab-ReviewBar"
      role="region"
      aria-label={trans.__('Review')}
    >
      {error !== null && (
        <ErrorBox
          title={trans.__('Your pending comments could not be read.')}
          error={error}
        />
      )}
      {pending.length > 0 ? (
        <span className="jp-gitlab-ReviewBar-pending">
          <strong>
            {trans._n(
              '%1 pending comment',
              '%1 pending comments',
              pending.length
            )}
          </strong>{' '}
          <span className="jp-gitlab-muted">
            {trans.__('kept on GitLab as drafts, only you can see them')}
          </span>
        </span>
      ) : (
        <span>{unresolved}</span>
      )}
      <span className="jp-gitlab-spacer" />
      {inFiles > 0 && (
        <Button onClick={next} title={unresolved}>
          {trans.__('Next unresolved')}
        </Button>
      )}
      {mergeRequest.state === 'opened' && (
        <Button
          kind={pending.length > 0 ? 'primary' : 'default'}
          onClick={submit}
        >
          {pending.length > 0
            ? trans.__('Submit review…')
            : trans.__('Review…')}
        </Button>
      )}
      {pending.length === 0 && (
        <ApproveButton mergeRequest={mergeRequest} sha={props.shownSha} />
      )}
    </div>
  );
}
