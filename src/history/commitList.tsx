import * as React from 'react';

import { useTrans } from '../api/context';
import { Badge, Button, RelativeTime } from '../components';
import {
  changeOf,
  entryName,
  eventText,
  type IChoice,
  type IEntry
} from './entries';

export interface ICommitListProps {
  entries: readonly IEntry[];
  choice: IChoice;
  onChoose: (choice: IChoice) => void;
  /** Loads older commits; null if there are none. */
  onMore: (() => void) | null;
  loading: boolean;
}

/** The versions of a file, two of which are chosen: a column of buttons for either side, and the commit itself for both. */
export function CommitList(props: ICommitListProps): React.JSX.Element {
  const trans = useTrans();
  const { entries, choice, onChoose, onMore } = props;
  const from = entries.findIndex(({ key }) => key === choice.from);
  const to = entries.findIndex(({ key }) => key === choice.to);
  const name = React.useId();
  return (
    <div className="jp-gitlab-History-list">
      <table aria-label={trans.__('Versions of the file')}>
        <thead>
          <tr>
            <th scope="col">{trans.__('From')}</th>
            <th scope="col">{trans.__('To')}</th>
            <th scope="col">{trans.__('Version')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry, index) => (
            <tr
              key={entry.key}
              data-chosen={
                index === to ? 'to' : index === from ? 'from' : undefined
              }
            >
              <td>
                <input
                  type="radio"
                  name={`${name}-from`}
                  checked={index === from}
                  // The old side is an older version.
                  disabled={index <= to}
                  aria-label={trans.__(
                    'Compare from %1',
                    entryName(entry, trans)
                  )}
                  onChange={() => onChoose({ ...choice, from: entry.key })}
                />
              </td>
              <td>
                <input
                  type="radio"
                  name={`${name}-to`}
                  checked={index === to}
                  disabled={from !== -1 && index >= from}
                  aria-label={trans.__(
                    'Compare to %1',
                    entryName(entry, trans)
                  )}
                  onChange={() => onChoose({ ...choice, to: entry.key })}
                />
              </td>
              <td>
                <Version
                  entry={entry}
                  onShow={() => onChoose(changeOf(entries, index))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {onMore && (
        <Button busy={props.loading} onClick={onMore}>
          {trans.__('Older commits')}
        </Button>
      )}
    </div>
  );
}

/** What is known of a version; pressed, it shows what it changed. */
function Version(props: {
  entry: IEntry;
  onShow: () => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { commit } = props.entry;
  const event = commit ? eventText(commit, trans) : '';
  return (
    <button
      type="button"
      className="jp-gitlab-History-version"
      title={commit?.commit.body || undefined}
      onClick={props.onShow}
    >
      <span className="jp-gitlab-History-title">
        {commit?.commit.title ?? trans.__('Work tree')}
      </span>
      <span className="jp-gitlab-muted">
        {commit ? (
          <>
            {commit.commit.author_name} ·{' '}
            <RelativeTime time={commit.commit.authored_at} /> ·{' '}
            <code>{commit.commit.short_sha}</code>
          </>
        ) : (
          trans.__('The file as it lies on the disk')
        )}
      </span>
      {event && <Badge>{event}</Badge>}
    </button>
  );
}
