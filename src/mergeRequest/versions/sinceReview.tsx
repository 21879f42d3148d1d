import { closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { useTrans } from '../../api/context';
import { Button, IconButton, RelativeTime } from '../../components';
import type { ILastReview } from './lastReview';

/** What has changed since I last reviewed: how much, a filter of the files, and the comparison itself. */
export function SinceReview(props: {
  last: ILastReview;
  /** The number of the version that I reviewed. */
  number: number;
  /** Files of the newest version that have changed since, of all; null while that is not known. */
  changed: number | null;
  all: number;
  /** Only the changed files are listed. */
  filtered: boolean;
  onFilter: (filtered: boolean) => void;
  /** Only what changed is shown. */
  comparing: boolean;
  onCompare: (comparing: boolean) => void;
  onDismiss: () => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { last, number, changed, all, filtered, comparing } = props;
  return (
    <div
      className="jp-gitlab-VersionBanner jp-gitlab-SinceReview"
      role="region"
      aria-label={trans.__('Changed since your last review')}
    >
      <span role="status">
        {last.approved
          ? trans.__('You approved version %1', number)
          : trans.__('You last commented on version %1', number)}
        {', '}
        <RelativeTime time={last.time} />
        {'. '}
        <strong>
          {changed === null
            ? trans.__('Looking what has changed since…')
            : changed === 0
              ? trans.__('No file of it has changed since.')
              : trans._n(
                  '%1 of %2 files has changed since.',
                  '%1 of %2 files have changed since.',
                  changed,
                  all
                )}
        </strong>
      </span>
      {changed !== null && changed > 0 && (
        <>
          <Button
            aria-pressed={comparing}
            onClick={() => props.onCompare(!comparing)}
          >
            {trans.__('Show only what changed')}
          </Button>
          {!comparing && (
            <Button
              aria-pressed={filtered}
              onClick={() => props.onFilter(!filtered)}
            >
              {trans.__('List only these files')}
            </Button>
          )}
        </>
      )}
      <IconButton
        icon={closeIcon}
        label={trans.__('Dismiss')}
        onClick={props.onDismiss}
      />
    </div>
  );
}
