import * as React from 'react';

import { useTrans } from '../../api/context';
import { useInbox, useInboxCounts } from '../../api/inbox';
import type { InboxScope } from '../../api/keys';
import {
  EmptyState,
  LoadMore,
  moveFocus,
  Segmented,
  Skeleton
} from '../../components';
import { GateFace, useGate } from '../account/gate';
import { RemoteError } from '../account/remoteError';
import { Row } from '../mergeRequests/row';
import { type ISearch, SearchBox, useSearch } from '../mergeRequests/searchBox';
import { SEARCH_PAUSE, useDelayed } from '../mergeRequests/useDelayed';
import type { ICurrent } from '../services';
import { Todos } from './todos';

type Tab = InboxScope | 'todos';

/** What waits for the user in all projects of the repository's GitLab. */
export function InboxSection(props: {
  current: ICurrent;
  onCount: (waiting: number) => void;
}): React.JSX.Element {
  const { current, onCount } = props;
  const gate = useGate(current);
  return (
    <GateFace gate={gate} brief>
      {() => <Inbox folder={current.folder} onCount={onCount} />}
    </GateFace>
  );
}

/** Tabs, search and lists, once GitLab can be asked. */
export function Inbox(props: {
  /** The repository, whose GitLab is meant; or the address of a GitLab. */
  folder: string;
  onCount: (waiting: number) => void;
}): React.JSX.Element {
  const { folder, onCount } = props;
  const trans = useTrans();
  const [tab, setTab] = React.useState<Tab>('for_review');
  const search = useSearch();
  const counts = useInboxCounts(folder).data;
  const waiting = counts?.waiting ?? 0;
  const told = React.useRef(onCount);
  told.current = onCount;
  React.useEffect(() => {
    told.current(waiting);
    return () => told.current(0);
  }, [waiting]);

  return (
    <div className="jp-gitlab-Lists jp-gitlab-Inbox">
      <div className="jp-gitlab-Lists-bar">
        <Segmented<Tab>
          label={trans.__('What waits for you')}
          value={tab}
          onChange={setTab}
          segments={[
            {
              value: 'for_review',
              label: trans.__('Review'),
              count: counts?.for_review || null
            },
            {
              value: 'assigned',
              label: trans.__('Assigned'),
              count: counts?.assigned || null
            },
            {
              value: 'mine',
              label: trans.__('Mine'),
              count: counts?.mine || null
            },
            {
              value: 'todos',
              label: trans.__('To-do'),
              count: counts?.todos || null
            }
          ]}
        />
      </div>
      {tab === 'todos' ? (
        <Todos folder={folder} />
      ) : (
        <List folder={folder} scope={tab} search={search} />
      )}
    </div>
  );
}

function List(props: {
  folder: string;
  scope: InboxScope;
  search: ISearch;
}): React.JSX.Element {
  const { folder, scope, search } = props;
  const trans = useTrans();
  const wanted = useDelayed(search.text.trim(), SEARCH_PAUSE);
  const list = useInbox(folder, scope, wanted);
  const items = list.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <>
      <SearchBox search={search} always />
      {list.isError && items.length === 0 ? (
        <RemoteError error={list.error} retry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <Skeleton lines={3} />
      ) : items.length === 0 ? (
        <Nothing scope={scope} search={wanted} />
      ) : (
        <div
          role="list"
          aria-label={trans.__('Merge requests of all projects')}
          aria-busy={list.isPlaceholderData}
          className="jp-gitlab-Lists-rows"
          onKeyDown={event => moveFocus(event, 'button')}
        >
          {items.map(item => (
            <Row
              key={item.merge_request.web_url}
              folder={item.address}
              row={item.merge_request}
              project={item.project_path}
            />
          ))}
        </div>
      )}
      <LoadMore list={list} />
    </>
  );
}

function Nothing(props: {
  scope: InboxScope;
  search: string;
}): React.JSX.Element {
  const trans = useTrans();
  if (props.search) {
    return (
      <EmptyState title={trans.__('Nothing matches “%1”', props.search)}>
        {trans.__('Titles and descriptions of open ones are searched.')}
      </EmptyState>
    );
  }
  switch (props.scope) {
    case 'for_review':
      return (
        <EmptyState title={trans.__('Nothing waits for your review')}>
          {trans.__(
            'Merge requests of any project that name you as a reviewer show up here.'
          )}
        </EmptyState>
      );
    case 'assigned':
      return (
        <EmptyState title={trans.__('Nothing is assigned to you')}>
          {trans.__(
            'Merge requests of any project that are assigned to you show up here.'
          )}
        </EmptyState>
      );
    case 'mine':
      return (
        <EmptyState title={trans.__('You have no open merge request')}>
          {trans.__('Those that you open in any project show up here.')}
        </EmptyState>
      );
  }
}
