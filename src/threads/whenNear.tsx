import * as React from 'react';

import { useTrans } from '../api/context';
import { useNear } from '../diff/screen/screen';
import { type Discussion, isSystem } from './types';

/** Pixels, roughly: an event; a folded thread; what a thread has around its notes; a note; what it speaks of. */
const EVENT = 24;
const FOLDED = 40;
const FRAME = 64;
const NOTE = 58;
const ABOUT = 70;

/**
 * Draws what was said when it comes near the visible part of what scrolls; a large review has a thousand threads.
 *
 * Until then its words stand in its place, for the browser's search and for screen readers. Whoever is brought there
 * (the focus, a jump) has it drawn at once.
 */
export function WhenNear(props: {
  discussion: Discussion;
  /** What it speaks of is drawn with it. */
  about?: boolean;
  children: React.ReactNode;
}): React.JSX.Element {
  const trans = useTrans();
  const { discussion } = props;
  const { resolvable, resolved, notes } = discussion;
  const system = isSystem(discussion);
  const ref = React.useRef<HTMLDivElement>(null);
  const near = useNear(ref);
  const [wanted, setWanted] = React.useState(false);
  React.useLayoutEffect(() => {
    if (wanted) {
      const thread = ref.current?.querySelector<HTMLElement>(
        '[data-gitlab-thread]'
      );
      thread?.focus({ preventScroll: true });
      thread?.scrollIntoView({ block: 'center' });
    }
  }, [wanted]);
  const wrap = { ref, 'data-kind': system ? 'event' : 'thread' };
  if (near || wanted) {
    return (
      <div {...wrap} className="jp-gitlab-WhenNear">
        {props.children}
      </div>
    );
  }
  const height = system
    ? EVENT * notes.length
    : resolved
      ? FOLDED
      : FRAME + NOTE * notes.length + (props.about ? ABOUT : 0);
  return (
    <div {...wrap} className="jp-gitlab-WhenNear">
      <div
        role="group"
        className={system ? undefined : 'jp-gitlab-Thread'}
        style={{ height }}
        data-gitlab-thread={
          system || discussion.individual ? undefined : discussion.id
        }
        data-resolved={resolvable ? resolved : undefined}
        tabIndex={-1}
        aria-label={trans.__('Thread by %1', notes[0].author.name)}
        onFocus={() => setWanted(true)}
      >
        <div className="jp-gitlab-WhenNear-words">
          {notes.map(note => `${note.author.username}: ${note.body}\n`)}
        </div>
      </div>
    </div>
  );
}
