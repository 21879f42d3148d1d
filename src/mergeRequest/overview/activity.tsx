import type { UseQueryResult } from '@tanstack/react-query';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { Checkbox, ErrorBox, RelativeTime, Skeleton } from '../../components';
import { Markdown } from '../../components/markdown';
import { CommentBox } from '../../threads/commentBox';
import { useThreads } from '../../threads/context';
import { NoteView } from '../../threads/note';
import { usePending } from '../../threads/pending';
import { PendingView } from '../../threads/pendingView';
import type { IPlaced } from '../../threads/placement';
import { SpokenOf } from '../../threads/spokenOf';
import { SpokenOfCell } from '../../threads/spokenOfCell';
import { Thread } from '../../threads/thread';
import { type Discussion, isSystem } from '../../threads/types';
import { WhenNear } from '../../threads/whenNear';
import type { IJump } from '../jump';

/** Threads that are put on the page at once; more follow without holding it up. */
const AT_ONCE = 100;

/** Everything that was said and that happened, oldest first, and a box for more. */
export function Activity(props: {
  discussions: UseQueryResult<Schemas['Discussions']>;
  onShow: (jump: IJump) => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { discussions: query, onShow } = props;
  const [events, setEvents] = React.useState(true);
  const { notes: pending } = usePending();
  const all = query.data?.discussions ?? [];
  const shown = events ? all : all.filter(each => !isSystem(each));
  const [rest, setRest] = React.useState(false);
  const read = query.data !== undefined;
  React.useEffect(() => {
    if (read) {
      React.startTransition(() => setRest(true));
    }
  }, [read]);
  return (
    <section className="jp-gitlab-Activity" aria-label={trans.__('Activity')}>
      <header className="jp-gitlab-Activity-head">
        <h2>{trans.__('Activity')}</h2>
        <Checkbox checked={events} onChange={setEvents}>
          {trans.__('Show events')}
        </Checkbox>
      </header>
      {query.error && (
        <ErrorBox
          title={trans.__('The threads could not be read.')}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.isPending && !query.error && <Skeleton lines={4} />}
      {query.data && shown.length === 0 && (
        <p className="jp-gitlab-muted">
          {trans.__(
            'Nothing has been said yet. Comments on lines are made under Changes.'
          )}
        </p>
      )}
      {(rest ? shown : shown.slice(0, AT_ONCE)).map(discussion => (
        <ActivityItem
          key={discussion.id}
          discussion={discussion}
          onShow={onShow}
        />
      ))}
      {pending
        .filter(note => note.discussion_id === null)
        .map(note => (
          <PendingView
            key={note.id}
            note={note}
            where=""
            about={spokenOf(note, path => onShow({ path, discussionId: null }))}
          />
        ))}
      <div className="jp-gitlab-Activity-new">
        <CommentBox
          target={{ kind: 'general' }}
          label={trans.__('Comment on the merge request')}
          placeholder={trans.__('Write a comment…')}
          sendLabel={trans.__('Comment')}
        />
      </div>
    </section>
  );
}

interface IActivityItemProps {
  discussion: Discussion;
  onShow: (jump: IJump) => void;
}

const ActivityItem = React.memo(function ActivityItem(
  props: IActivityItemProps
): React.JSX.Element {
  const { discussion } = props;
  return (
    <WhenNear
      discussion={discussion}
      about={discussion.position !== null || discussion.cell !== null}
    >
      <DrawnItem {...props} />
    </WhenNear>
  );
});

function DrawnItem(props: IActivityItemProps): React.JSX.Element {
  const { discussion, onShow } = props;
  if (isSystem(discussion)) {
    return (
      <>
        {discussion.notes.map(note => (
          <Event key={note.id} note={note} />
        ))}
      </>
    );
  }
  if (discussion.individual) {
    return (
      <div className="jp-gitlab-Thread">
        {discussion.notes.map(note => (
          <NoteView key={note.id} note={note} discussionId={discussion.id} />
        ))}
      </div>
    );
  }
  return (
    <Thread
      discussion={discussion}
      where=""
      about={spokenOf(discussion, path =>
        onShow({ path, discussionId: discussion.id })
      )}
    />
  );
}

/** The lines or the cell that it speaks of, with the way there. */
function spokenOf(
  { position, cell }: IPlaced,
  onShow: (path: string) => void
): React.ReactNode {
  if (position) {
    return (
      <SpokenOf
        position={position}
        onShow={() => onShow(position.new_path.id)}
      />
    );
  }
  return (
    cell && <SpokenOfCell mark={cell} onShow={() => onShow(cell.path.id)} />
  );
}

/** What GitLab wrote about an event: one quiet line. */
function Event(props: { note: Schemas['Note'] }): React.JSX.Element {
  const { rendermime } = useThreads();
  const { note } = props;
  return (
    <div className="jp-gitlab-Event">
      <strong title={note.author.name}>{note.author.username}</strong>
      <Markdown source={note.body} rendermime={rendermime} />
      <RelativeTime time={note.created_at} />
    </div>
  );
}
