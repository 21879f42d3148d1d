import * as React from 'react';

import { useTrans } from '../api/context';
import { Button } from './button';

/** Below a list that comes page by page: a button for the next page, while there is one. */
export function LoadMore(props: {
  /** The list as react-query has it. */
  list: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
  };
}): React.JSX.Element | null {
  const trans = useTrans();
  const { list } = props;
  return list.hasNextPage ? (
    <div className="jp-gitlab-LoadMore">
      <Button
        busy={list.isFetchingNextPage}
        onClick={() => void list.fetchNextPage()}
      >
        {trans.__('Load more')}
      </Button>
    </div>
  ) : null;
}
