import * as React from 'react';

import { useTrans } from '../api/context';
import { displayPath } from '../diff/words';
import { CommentBox } from './commentBox';
import { SpokenOf } from './spokenOf';
import { Thread } from './thread';
import { type PlacedTarget, targetKey } from './drafts';
import { PendingView } from './pendingView';
import type { Discussion, LinePosition, PendingNote } from './types';
import { WhenNear } from './whenNear';

/** What speaks of the file, but has no place in this version of it. */
export function FileThreads(props: {
  file: readonly Discussion[];
  outdated: readonly Discussion[];
  pending: readonly PendingNote[];
  drafts: readonly PlacedTarget[];
}): React.JSX.Element | null {
  const trans = useTrans();
  const { file, outdated, pending, drafts } = props;
  return (
    <>
      {file.length > 0 && (
        <Group title={trans.__('Threads on lines that are not shown here')}>
          {file.map(discussion => (
            <WhenNear key={discussion.id} discussion={discussion}>
              <Thread
                discussion={discussion}
                where={
                  discussion.position
                    ? trans.__(
                        'line %1 of the file',
                        discussion.position.new_line ??
                          discussion.position.old_line ??
                          0
                      )
                    : ''
                }
              />
            </WhenNear>
          ))}
        </Group>
      )}
      {outdated.length > 0 && (
        <Group
          title={trans.__('Outdated threads')}
          hint={trans.__('They speak of lines that have changed since.')}
        >
          {outdated.map(discussion => (
            <WhenNear key={discussion.id} discussion={discussion} about>
              <Thread
                discussion={discussion}
                where=""
                about={
                  discussion.position && (
                    <SpokenOf position={discussion.position} />
                  )
                }
              />
            </WhenNear>
          ))}
        </Group>
      )}
      {pending.length > 0 && (
        <Group title={trans.__('Pending comments without a place here')}>
          {pending.map(note => (
            <PendingView
              key={note.id}
              note={note}
              where=""
              about={note.position && <SpokenOf position={note.position} />}
            />
          ))}
        </Group>
      )}
      {drafts.length > 0 && (
        <Group
          title={trans.__('Comments not sent yet')}
          hint={trans.__(
            'They were typed on an earlier version; GitLab brings them to their line if it is still there.'
          )}
        >
          {drafts.map(target => (
            <section key={targetKey(target)} className="jp-gitlab-Thread">
              {target.kind === 'line' && (
                <SpokenOf position={asOutdated(target.position)} />
              )}
              <CommentBox
                target={target}
                label={trans.__('Comment not sent yet')}
                placeholder=""
                sendLabel={trans.__('Comment now')}
                review
              />
            </section>
          ))}
        </Group>
      )}
    </>
  );
}

/** The position of a comment that is not sent yet as that of a thread on an older version. */
function asOutdated(
  position: Extract<PlacedTarget, { kind: 'line' }>['position']
): LinePosition {
  const path = (id: string) => ({
    id,
    display: displayPath(id),
    contents_path: null
  });
  const { base_sha, start_sha, head_sha } = position;
  return {
    old_path: path(position.old_path),
    new_path: path(position.new_path),
    old_line: position.old_line ?? null,
    new_line: position.new_line ?? null,
    start: null,
    outdated: true,
    diff_refs: { base_sha, start_sha, head_sha }
  };
}

function Group(props: {
  title: string;
  hint?: string;
  children: React.ReactNode;
}): React.JSX.Element {
  return (
    <section className="jp-gitlab-FileThreads" aria-label={props.title}>
      <h3>{props.title}</h3>
      {props.hint && <p className="jp-gitlab-muted">{props.hint}</p>}
      {props.children}
    </section>
  );
}
