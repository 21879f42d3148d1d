import * as React from 'react';

import { useTrans } from '../../api/context';
import { EmptyState, ErrorBox, Skeleton, Spinner } from '../../components';
import { mergeRequestIcon } from '../../icons';
import { type IChangesProps, LoadedChanges } from './loaded';

/** The changes of the merge request, and what is the case until they are there. */
export function Changes(props: IChangesProps): React.JSX.Element {
  const trans = useTrans();
  const { mergeRequest, files } = props;
  if (mergeRequest.diff_refs === null && !files.data) {
    return (
      <EmptyState
        icon={mergeRequestIcon}
        title={trans.__('GitLab is preparing this merge request')}
        actions={<Spinner label={trans.__('Waiting')} />}
      >
        {trans.__('The changes show here in a moment.')}
      </EmptyState>
    );
  }
  if (!files.data) {
    return files.error ? (
      <ErrorBox
        title={trans.__('The changed files could not be listed.')}
        error={files.error}
        onRetry={() => void files.refetch()}
      />
    ) : (
      <div className="jp-gitlab-ChangesTab-loading">
        <p className="jp-gitlab-muted">{trans.__('Reading the changes…')}</p>
        <Skeleton lines={8} />
      </div>
    );
  }
  return <LoadedChanges {...props} latest={files.data} />;
}
