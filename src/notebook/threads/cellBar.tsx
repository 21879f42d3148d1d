import * as React from 'react';

import { useTrans } from '../../api/context';
import { commentIcon } from '../../icons';
import { PendingView } from '../../threads/pendingView';
import { Thread } from '../../threads/thread';
import type { Discussion, PendingNote } from '../../threads/types';
import type { ISaid } from './cellThreads';

/** The line below a cell that says what was said of it, and opens it in place. */
export function CellBar(props: {
  threads: readonly ISaid<Discussion>[];
  pending: readonly ISaid<PendingNote>[];
}): React.JSX.Element {
  const trans = useTrans();
  const { threads, pending } = props;
  const [open, setOpen] = React.useState(false);
  const unresolved = threads.filter(
    ({ item }) => item.resolvable && !item.resolved
  );
  const words = [
    unresolved.length > 0
      ? trans._n(
          '%1 unresolved thread',
          '%1 unresolved threads',
          unresolved.length
        )
      : threads.length > 0
        ? trans._n('%1 resolved thread', '%1 resolved threads', threads.length)
        : '',
    pending.length > 0
      ? trans._n('%1 pending comment', '%1 pending comments', pending.length)
      : ''
  ].filter(word => word);
  const gist = unresolved[0]?.item.notes.find(note => !note.system);
  return (
    <>
      <button
        type="button"
        className="jp-gitlab-LiveCell-bar"
        data-unresolved={unresolved.length > 0}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <commentIcon.react tag="span" />
        <span>{words.join(' · ')}</span>
        {gist && !open && (
          <span className="jp-gitlab-LiveCell-gist">
            {gist.author.username}: {gist.body}
          </span>
        )}
      </button>
      {open && (
        <div className="jp-gitlab-LiveCell-threads">
          {threads.map(({ item, where }) => (
            <Thread key={item.id} discussion={item} where={where} />
          ))}
          {pending
            .filter(({ item }) => item.discussion_id === null)
            .map(({ item, where }) => (
              <PendingView key={item.id} note={item} where={where} />
            ))}
        </div>
      )}
    </>
  );
}
