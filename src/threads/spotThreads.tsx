import * as React from 'react';

import { useTrans } from '../api/context';
import type { IBox } from './boxes';
import { CommentBox } from './commentBox';
import { useCommentHint } from './commentPlace';
import { PendingView } from './pendingView';
import type { LineIndex, Spot } from './placement';
import { markRows } from './rangeMarks';
import { Thread } from './thread';
import type { Discussion, PendingNote } from './types';
import { WhenNear } from './whenNear';
import { itemText, spokenRows, spotText, targetStart } from './where';

/** Threads of one spot that are drawn with it; the others, if there are so many, when they come near. */
const AT_ONCE = 10;

/** What hangs on one spot of the diff. */
export interface ISpotContents {
  spot: Exclude<Spot, { kind: 'file' }>;
  threads: readonly Discussion[];
  pending: readonly PendingNote[];
  box: IBox | null;
}

/** Threads and pending comments on a spot of the diff, and the box in which a new one is typed. */
export function SpotThreads(props: {
  index: LineIndex;
  contents: ISpotContents;
  onClose: () => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { index, contents, onClose } = props;
  const { spot, threads, pending, box } = contents;
  const ref = React.useRef<HTMLDivElement>(null);
  const close = () => {
    const line = ref.current?.closest('tr')?.previousElementSibling;
    if (line instanceof HTMLElement) {
      line.focus({ preventScroll: true });
    }
    onClose();
  };
  return (
    <div ref={ref} className="jp-gitlab-RowThreads" data-spot={spot.kind}>
      {threads.map((discussion, number) => {
        const thread = (
          <Thread
            discussion={discussion}
            where={itemText(index, spot, discussion, trans)}
          />
        );
        return (
          <Spoken
            key={discussion.id}
            rows={spokenRows(index, spot, discussion.position?.start)}
          >
            {number < AT_ONCE ? (
              thread
            ) : (
              <WhenNear discussion={discussion}>{thread}</WhenNear>
            )}
          </Spoken>
        );
      })}
      {pending.map(note => (
        <Spoken
          key={note.id}
          rows={spokenRows(index, spot, note.position?.start)}
        >
          <PendingView note={note} where={itemText(index, spot, note, trans)} />
        </Spoken>
      ))}
      {box && (
        <Spoken rows={spokenRows(index, spot, targetStart(box.target))} always>
          <NewThread
            box={box}
            where={spotText(index, spot, targetStart(box.target), trans)}
            onClose={close}
          />
        </Spoken>
      )}
    </div>
  );
}

/** Marks the rows that a comment speaks of while somebody looks at it, or `always`. */
function Spoken(props: {
  rows: { cell: number; from: number; to: number } | null;
  always?: boolean;
  children: React.ReactNode;
}): React.JSX.Element {
  const { rows, always = false } = props;
  const ref = React.useRef<HTMLDivElement>(null);
  const [looked, setLooked] = React.useState(false);
  const cell = rows?.cell;
  const from = rows?.from;
  const to = rows?.to;
  const marked = looked || always;
  React.useEffect(() => {
    const root = ref.current?.closest<HTMLElement>('.jp-gitlab-Diff');
    return marked && root && cell !== undefined && from !== undefined
      ? markRows(root, 'spoken', { cell, from, to: to ?? from }, null)
      : undefined;
  }, [marked, cell, from, to]);
  return (
    <div
      ref={ref}
      className="jp-gitlab-Spoken"
      onMouseEnter={() => setLooked(true)}
      onMouseLeave={() => setLooked(false)}
      onFocus={() => setLooked(true)}
      onBlur={() => setLooked(false)}
    >
      {props.children}
    </div>
  );
}

function NewThread(props: {
  box: IBox;
  where: string;
  onClose: () => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { box, where } = props;
  const hint = useCommentHint(box);
  return (
    <div
      role="group"
      className="jp-gitlab-Thread"
      aria-label={trans.__('New comment on %1', where)}
    >
      <CommentBox
        target={box.target}
        label={trans.__('Comment on %1', where)}
        placeholder={
          box.target.kind === 'line' && !box.target.position.start
            ? trans.__('Write a comment…')
            : trans.__('Write a comment on %1…', where)
        }
        sendLabel={trans.__('Comment now')}
        review
        hint={hint}
        autoFocus
        onClose={props.onClose}
      />
    </div>
  );
}
