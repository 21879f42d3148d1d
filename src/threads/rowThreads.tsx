import * as React from 'react';

import { useTrans } from '../api/context';
import type { IRowPlace } from '../diff/types';
import { CommentBox } from './commentBox';
import { Thread } from './thread';
import type { Discussion, IRowContents } from './types';

/** Threads on a row, and the box in which a new one is typed. */
export function RowThreads(props: {
  place: IRowPlace;
  contents: IRowContents;
  onClose: () => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { contents } = props;
  const { row } = props.place;
  const where =
    row.new_number !== null
      ? trans.__('line %1', row.new_number)
      : trans.__('old line %1', row.old_number ?? 0);
  const ref = React.useRef<HTMLDivElement>(null);
  const close = () => {
    const line = ref.current?.closest('tr')?.previousElementSibling;
    if (line instanceof HTMLElement) {
      line.focus({ preventScroll: true });
    }
    props.onClose();
  };
  return (
    <div ref={ref} className="jp-gitlab-RowThreads">
      {contents.threads.map(discussion => (
        <Thread key={discussion.id} discussion={discussion} where={where} />
      ))}
      {contents.box && (
        <section
          className="jp-gitlab-Thread"
          aria-label={trans.__('New comment on %1', where)}
        >
          <CommentBox
            target={{ kind: 'line', position: contents.box.position }}
            label={trans.__('Comment on %1', where)}
            placeholder={trans.__('Write a comment…')}
            sendLabel={trans.__('Comment')}
            hint={
              contents.box.shown
                ? undefined
                : trans.__(
                    'Markdown is supported. GitLab’s own page has no row for this line: it shows this comment under Overview.'
                  )
            }
            autoFocus
            onClose={close}
          />
        </section>
      )}
    </div>
  );
}

/** Threads in a cell that stand on none of its source lines. */
export function CellThreads(props: {
  threads: readonly Discussion[];
}): React.JSX.Element {
  const trans = useTrans();
  return (
    <div className="jp-gitlab-RowThreads">
      {props.threads.map(discussion => (
        <Thread
          key={discussion.id}
          discussion={discussion}
          where={trans.__(
            'outside the source, line %1 of the file',
            discussion.position?.new_line ?? discussion.position?.old_line ?? 0
          )}
        />
      ))}
    </div>
  );
}
