import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { Button } from '../../components';
import { ApproveButton } from '../overview/approvals';
import type { IJump } from './changes';
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
      here.focus({ preventScroll: true });
      here.scrollIntoView({ block: 'center' });
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
      <span className="jp-gitlab-ReviewBar-space" />
      {inFiles > 0 && (
        <Button onClick={next}>{trans.__('Next unresolved')}</Button>
      )}
      <ApproveButton mergeRequest={mergeRequest} sha={props.shownSha} />
    </div>
  );
}

/** The first unresolved thread of the page behind the one that has the focus. */
function nextUnresolved(root: HTMLElement | null): HTMLElement | undefined {
  const threads = Array.from(
    root?.querySelectorAll<HTMLElement>(
      '[data-gitlab-thread][data-resolved="false"]'
    ) ?? []
  );
  const focused = document.activeElement;
  const current = threads.findIndex(thread => thread.contains(focused));
  if (current !== -1) {
    return threads[current + 1];
  }
  // A press on the button has taken the focus: go on behind what was shown last.
  const last = threads.findIndex(
    thread => thread.getAttribute('data-visited') === 'true'
  );
  const next = threads[last + 1];
  threads.forEach(thread => thread.removeAttribute('data-visited'));
  next?.setAttribute('data-visited', 'true');
  return next;
}
