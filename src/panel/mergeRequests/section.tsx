import * as React from 'react';

import { useTrans } from '../../api/context';
import type { MergeRequestScope } from '../../api/keys';
import { useMergeRequestCounts, useMergeRequestList } from '../../api/queries';
import {
  Button,
  EmptyState,
  LoadMore,
  moveFocus,
  Segmented,
  Skeleton
} from '../../components';
import { GateFace, useGate } from '../account/gate';
import { RemoteError } from '../account/remoteError';
import type { ICurrent } from '../services';
import { Row } from './row';
import { SearchBox, SearchButton, useSearch } from './searchBox';
import { SEARCH_PAUSE, useDelayed } from './useDelayed';

/** The project's open merge requests: waiting for me, mine, all. */
export function MergeRequestsSection(props: {
  current: ICurrent;
}): React.JSX.Element {
  const gate = useGate(props.current);
  return (
    <GateFace gate={gate} brief>
      {() => <Lists folder={props.current.folder} />}
    </GateFace>
  );
}

function Lists(props: { folder: string }): React.JSX.Element {
  const { folder } = props;
  const trans = useTrans();
  const [scope, setScope] = React.useState<MergeRequestScope>('for_review');
  const search = useSearch();
  const wanted = useDelayed(search.text.trim(), SEARCH_PAUSE);
  const counts = useMergeRequestCounts(folder, true).data;
  const list = useMergeRequestList(folder, scope, wanted, true);
  const rows = list.data?.pages.flatMap(page => page.items) ?? [];

  return (
    <div className="jp-gitlab-Lists">
      <div className="jp-gitlab-Lists-bar">
        <Segmented<MergeRequestScope>
          label={trans.__('Which merge requests')}
          value={scope}
          onChange={setScope}
          segments={[
            {
              value: 'for_review',
              label: trans.__('For review'),
              count: counts?.for_review
            },
            { value: 'mine', label: trans.__('Mine'), count: counts?.mine },
            { value: 'all', label: trans.__('All'), count: counts?.all }
          ]}
        />
        <span className="jp-gitlab-spacer" />
        <SearchButton search={search} />
      </div>
      <SearchBox search={search} />
      {list.isError && rows.length === 0 ? (
        <RemoteError error={list.error} retry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <Skeleton lines={3} />
      ) : rows.length === 0 ? (
        <NoRows scope={scope} search={wanted} onAll={() => setScope('all')} />
      ) : (
        <div
          role="list"
          aria-label={trans.__('Merge requests')}
          aria-busy={list.isPlaceholderData}
          className="jp-gitlab-Lists-rows"
          onKeyDown={event => moveFocus(event, 'button')}
        >
          {rows.map(row => (
            <Row key={row.iid} folder={folder} row={row} />
          ))}
        </div>
      )}
      <LoadMore list={list} />
    </div>
  );
}

function NoRows(props: {
  scope: MergeRequestScope;
  search: string;
  /** Looks among all. */
  onAll: () => void;
}): React.JSX.Element {
  const trans = useTrans();
  if (props.search) {
    return (
      <EmptyState
        title={trans.__('Nothing matches “%1”', props.search)}
        actions={
          props.scope !== 'all' && (
            <Button onClick={props.onAll}>{trans.__('Search all')}</Button>
          )
        }
      >
        {trans.__('Titles and descriptions of open ones are searched.')}
      </EmptyState>
    );
  }
  switch (props.scope) {
    case 'for_review':
      return (
        <EmptyState title={trans.__('Nothing waits for your review')}>
          {trans.__('Merge requests that name you as a reviewer show up here.')}
        </EmptyState>
      );
    case 'mine':
      return (
        <EmptyState title={trans.__('You have no open merge request')}>
          {trans.__('Commit on a branch and choose “open merge request”.')}
        </EmptyState>
      );
    case 'all':
      return (
        <EmptyState title={trans.__('No open merge requests')}>
          {trans.__('Those of everybody in the project show up here.')}
        </EmptyState>
      );
  }
}
