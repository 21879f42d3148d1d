import { refreshIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { useTrans } from '../../api/context';
import { Button, IconButton } from '../../components';
import { CommandIDs } from '../../tokens';
import { toPush } from '../actions/sync';
import { useServices } from '../context';
import type { ICurrent } from '../services';
import { Banners } from './banners';
import { BranchPicker } from './branchPicker';
import { HeaderMenu } from './menu';
import { NoticeList } from './noticeList';

/** The top of the panel: project, branch, what there is to push and to pull. */
export function Header(props: { current: ICurrent }): React.JSX.Element {
  const { current } = props;
  const services = useServices();
  const trans = useTrans();
  const [busy, setBusy] = React.useState(false);

  const execute = async (command: string): Promise<void> => {
    setBusy(true);
    try {
      await services.app.commands.execute(command);
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="jp-gitlab-Header">
      <div className="jp-gitlab-Header-row">
        <ProjectName repository={current.repository} />
        <IconButton
          icon={refreshIcon}
          label={trans.__('Refresh')}
          onClick={() => void services.app.commands.execute(CommandIDs.refresh)}
        />
        <HeaderMenu current={current} />
      </div>
      <div className="jp-gitlab-Header-row">
        <BranchPicker current={current} />
        <div className="jp-gitlab-Header-sync">
          <AheadBehind current={current} />
          <Button
            busy={busy}
            disabled={
              current.repository.remote === null ||
              current.repository.branch === null ||
              current.repository.head === null
            }
            title={trans.__(
              'Fetch, pull what GitLab has, push what it does not have'
            )}
            onClick={() => void execute(CommandIDs.sync)}
          >
            {trans.__('Sync')}
          </Button>
        </div>
      </div>
      <Banners current={current} />
      <NoticeList />
    </div>
  );
}

function ProjectName(props: {
  repository: ICurrent['repository'];
}): React.JSX.Element {
  const { repository } = props;
  const path = repository.remote?.project_path ?? repository.name;
  const slash = path.lastIndexOf('/');
  return (
    <div
      className="jp-gitlab-Header-project"
      title={repository.remote?.url ?? repository.name}
    >
      {slash >= 0 && (
        <span className="jp-gitlab-muted">
          {path.slice(0, slash).replace(/\//g, ' / ')}
          {' / '}
        </span>
      )}
      <b>{path.slice(slash + 1)}</b>
    </div>
  );
}

function AheadBehind(props: { current: ICurrent }): React.JSX.Element | null {
  const trans = useTrans();
  const { upstream, branch, head, remote } = props.current.repository;
  if (branch === null || head === null || remote === null) {
    return null;
  }
  if (upstream === null || upstream.gone) {
    return (
      <span
        className="jp-gitlab-Header-counts"
        title={trans.__('GitLab does not have this branch yet.')}
      >
        {trans.__('↑ new')}
      </span>
    );
  }
  const ahead = toPush(props.current);
  const { behind } = upstream;
  if (ahead === 0 && behind === 0) {
    return null;
  }
  const words = trans.__('%1 to push, %2 to pull', ahead, behind);
  return (
    <span
      className="jp-gitlab-Header-counts"
      role="img"
      aria-label={words}
      title={words}
    >
      {ahead > 0 && <span>↑{ahead}</span>}
      {behind > 0 && <span>↓{behind}</span>}
    </span>
  );
}
