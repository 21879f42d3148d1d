import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { Badge, plainTitle, RelativeTime } from '../../components';
import { commentIcon, warningIcon } from '../../icons';
import { CommandIDs } from '../../tokens';
import { useServices } from '../context';
import { usePrefetch } from './usePrefetch';

/** A merge request in two lines: what it is called, then its number, author and time and what to look out for. */
export function Row(props: {
  folder: string;
  row: Schemas['MergeRequestSummary'];
  /** Its path, where the list has those of several. */
  project?: string;
}): React.JSX.Element {
  const { folder, row, project } = props;
  const { app } = useServices();
  const trans = useTrans();
  const prefetch = usePrefetch(folder, row.iid);
  return (
    <div role="listitem">
      <button
        type="button"
        className="jp-gitlab-Row jp-gitlab-MergeRequestRow"
        title={trans.__(
          '%1 (%2 → %3)',
          project === undefined
            ? row.title
            : `${project}!${row.iid} ${row.title}`,
          row.source_branch,
          row.target_branch
        )}
        {...prefetch}
        onClick={() =>
          void app.commands.execute(CommandIDs.openMergeRequest, {
            folder,
            iid: row.iid
          })
        }
      >
        <span className="jp-gitlab-MergeRequestRow-line">
          <span className="jp-gitlab-ellipsis">{plainTitle(row)}</span>
          {row.draft && <Badge>{trans.__('draft')}</Badge>}
        </span>
        <span className="jp-gitlab-MergeRequestRow-line jp-gitlab-muted">
          <span className="jp-gitlab-ellipsis">
            {project}!{row.iid} · @{row.author.username} ·{' '}
            <RelativeTime
              time={row.updated_at}
              narrow={project !== undefined}
            />
          </span>
          {row.has_conflicts && (
            <Sign
              label={trans.__('has conflicts')}
              icon={warningIcon}
              warning
            />
          )}
          {row.comments > 0 && (
            <Sign
              label={trans._n('%1 comment', '%1 comments', row.comments)}
              icon={commentIcon}
            >
              {row.comments}
            </Sign>
          )}
        </span>
      </button>
    </div>
  );
}

/** A picture, perhaps with a number, that says `label` to screen readers and in its tooltip. */
function Sign(props: {
  label: string;
  icon: typeof commentIcon;
  warning?: boolean;
  children?: React.ReactNode;
}): React.JSX.Element {
  return (
    <span
      className={`jp-gitlab-RowSign ${props.warning ? 'jp-gitlab-mod-warning' : ''}`}
      role="img"
      aria-label={props.label}
      title={props.label}
    >
      <props.icon.react tag="span" />
      {props.children}
    </span>
  );
}
