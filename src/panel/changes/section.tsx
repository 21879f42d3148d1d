import { checkIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { useTrans } from '../../api/context';
import { useChanges } from '../../api/queries';
import { EmptyState, ErrorBox, moveFocus, Skeleton } from '../../components';
import { useServices } from '../context';
import { type ICurrent, setting } from '../services';
import { CommitBox } from './commitBox';
import { FileRow } from './fileRow';

/** What differs from the last commit, and the way into the next one. */
export function ChangesSection(props: {
  current: ICurrent;
  /** Told how many files there are, for the section's title. */
  onCount?: (count: number) => void;
}): React.JSX.Element {
  const { current, onCount } = props;
  const services = useServices();
  const trans = useTrans();
  const query = useChanges(
    current.folder,
    1000 * setting(services, 'refreshInterval', 10)
  );

  const total = query.data?.total ?? 0;
  React.useEffect(() => onCount?.(total), [onCount, total]);

  if (query.isError && !query.data) {
    return (
      <ErrorBox
        title={trans.__('The changes could not be listed.')}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (!query.data) {
    return <Skeleton lines={4} />;
  }
  const changes = query.data;
  if (changes.files.length === 0 && current.repository.operation === null) {
    return (
      <EmptyState icon={checkIcon} title={trans.__('Nothing to commit')}>
        {trans.__('Change and save a file, and it shows up here.')}
      </EmptyState>
    );
  }
  return (
    <div className="jp-gitlab-Changes">
      <div
        role="list"
        aria-label={trans.__('Changed files')}
        className="jp-gitlab-Changes-list"
        onKeyDown={event =>
          moveFocus(event, 'input', '.jp-gitlab-Row-name, .jp-gitlab-CellRow')
        }
      >
        {changes.files.map(file => (
          <FileRow key={file.path.id} folder={current.folder} file={file} />
        ))}
        {changes.truncated && (
          <p className="jp-gitlab-Section-note">
            {trans.__(
              '%1 more are not listed. Perhaps a folder of data should be in .gitignore?',
              changes.total - changes.files.length
            )}
          </p>
        )}
      </div>
      <CommitBox current={current} changes={changes} />
    </div>
  );
}
