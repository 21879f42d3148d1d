import { UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';

import { useTrans } from '../../api/context';
import { Button } from '../../components';
import { offlineIcon, warningIcon } from '../../icons';
import { refreshRemote } from '../actions';
import { useServices } from '../context';
import type { ICurrent } from '../services';

/** What is out of the ordinary about the repository or the way to GitLab. */
export function Banners(props: { current: ICurrent }): React.JSX.Element {
  const { repository } = props.current;
  const trans = useTrans();
  return (
    <>
      <OfflineBanner folder={props.current.folder} />
      {repository.operation !== null && (
        <div className="jp-gitlab-Banner" role="status">
          <warningIcon.react tag="span" />
          <span>
            {repository.operation === 'merge'
              ? trans.__(
                  'A merge is under way. Edit the files in conflict, run “git add” on them in a terminal, then commit here.'
                )
              : trans.__(
                  'A %1 is under way. Resolve what conflicts, then finish it in a terminal.',
                  repository.operation
                )}
          </span>
        </div>
      )}
      {repository.branch === null && repository.head !== null && (
        <div className="jp-gitlab-Banner" role="status">
          <warningIcon.react tag="span" />
          <span>
            {trans.__(
              'No branch is checked out (detached HEAD). Create a branch above so that commits made here are not lost.'
            )}
          </span>
        </div>
      )}
      {repository.head === null && (
        <div className="jp-gitlab-Banner" role="status">
          <span>
            {trans.__(
              'No commits yet. Tick files below and make the first one.'
            )}
          </span>
        </div>
      )}
    </>
  );
}

/** GitLab does not answer: since when, and that local work goes on. */
function OfflineBanner(props: { folder: string }): React.JSX.Element {
  const { client } = useServices().gitlab;
  const trans = useTrans();
  return (
    <UseSignal signal={client.connectionChanged}>
      {() => {
        const since = client.connection.offlineSince;
        return since === null ? null : (
          <div className="jp-gitlab-Banner" role="status">
            <offlineIcon.react tag="span" />
            <span>
              {trans.__(
                'GitLab has not answered since %1. Local work goes on.',
                since.toLocaleTimeString([], {
                  hour: '2-digit',
                  minute: '2-digit'
                })
              )}{' '}
              <Button
                kind="link"
                onClick={() => void refreshRemote(props.folder)}
              >
                {trans.__('Try again')}
              </Button>
            </span>
          </div>
        );
      }}
    </UseSignal>
  );
}
