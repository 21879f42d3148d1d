import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { Button } from '../../components';
import { ApproveButton } from '../approvals';
import { type IJump, nextUnresolved, showThread } from '../jump';
import type { IThreadCount, MergeRequestFile } from './files';

/** Below the diff: how many threads wait, the way to the next one, and the approval. */
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
  return (
    <div ref={ref} className="jp-gitlab-ReviewBar">
      <span>
        {mergeRequest.unresolved === 0
          ? trans.__('No unresolved threads')
          : trans._n(
              '%1 unresolved thread',
              '%1 unresolved threads',
              mergeRequest.unresolved
            )}
      </span>
      <span className="jp-gitlab-spacer" />
      {inFiles > 0 && (
        <Button onClick={next}>{trans.__('Next unresolved')}</Button>
      )}
      <ApproveButton mergeRequest={mergeRequest} sha={props.shownSha} />
    </div>
  );
}
