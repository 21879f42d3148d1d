import * as React from 'react';

import { useTrans } from '../api/context';
import { EmptyState, ErrorBox, Skeleton } from '../components';
import { DiffDocument } from '../diff/document';
import type { DiffSettings } from '../diff/settings';
import { displayPath } from '../diff/words';
import { CommitList } from './commitList';
import {
  changeOf,
  diffArgs,
  historyEntries,
  type IChoice,
  NOTHING
} from './entries';
import { useFileHistory } from './queries';

/** The commits of a file, and the difference between two of them. */
export function HistoryDocument(props: {
  folder: string;
  path: string;
  settings: DiffSettings;
}): React.JSX.Element {
  const trans = useTrans();
  const { folder, path, settings } = props;
  const query = useFileHistory(folder, path);
  const [chosen, setChosen] = React.useState<IChoice | null>(null);
  const entries = React.useMemo(
    () =>
      historyEntries(path, query.data?.pages.flatMap(page => page.items) ?? []),
    [path, query.data]
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  // At first what the newest commit changed.
  const choice = chosen ?? changeOf(entries, Math.min(1, entries.length - 1));
  // The version before the last one that is listed may be on the next page.
  const isLast = entries[entries.length - 1].key === choice.to;
  const incomplete = isLast && hasNextPage && choice.from === NOTHING;
  React.useEffect(() => {
    if (incomplete && !isFetchingNextPage) {
      void fetchNextPage();
    }
  }, [incomplete, isFetchingNextPage, fetchNextPage]);
  const completed = incomplete ? null : fill(choice, entries);
  const args = completed && diffArgs(folder, entries, completed);

  if (!query.data) {
    return query.error ? (
      <ErrorBox
        title={trans.__('The history could not be read.')}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    ) : (
      <Skeleton lines={8} />
    );
  }
  if (entries.length === 1) {
    return (
      <EmptyState title={trans.__('No commit has changed this file yet')}>
        {displayPath(path)}
      </EmptyState>
    );
  }
  return (
    <div className="jp-gitlab-History">
      <CommitList
        entries={entries}
        choice={completed ?? choice}
        onChoose={setChosen}
        onMore={hasNextPage ? () => void fetchNextPage() : null}
        loading={isFetchingNextPage}
      />
      {args ? (
        <DiffDocument
          key={`${args.old} ${args.new}`}
          args={args}
          settings={settings}
          jump={null}
        />
      ) : (
        <Skeleton lines={8} />
      )}
    </div>
  );
}

/** The version before, where it has come to be known since the choice was made. */
function fill(
  choice: IChoice,
  entries: ReturnType<typeof historyEntries>
): IChoice {
  const index = entries.findIndex(({ key }) => key === choice.to);
  return choice.from === NOTHING && index !== -1
    ? changeOf(entries, index)
    : choice;
}
