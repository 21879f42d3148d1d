import * as React from 'react';

import { useTrans } from '../../api/context';
import { type ApiError, hasCode } from '../../api/errors';
import { Button, EmptyState, ErrorBox } from '../../components';
import { lockIcon, mergeRequestIcon } from '../../icons';
import { useServices } from '../context';

/** The face of the panel where there is no repository to show. */
export function NoRepository(props: {
  folder: string;
  error: ApiError;
}): React.JSX.Element {
  const { error, folder } = props;
  const { app, gitlab } = useServices();
  const trans = useTrans();
  const retry = () => void gitlab.refresh();
  if (hasCode(error, 'not_a_repository')) {
    return (
      <EmptyState
        icon={mergeRequestIcon}
        title={trans.__('No git repository here')}
        actions={
          <>
            <Button
              onClick={() => void app.commands.execute('filebrowser:activate')}
            >
              {trans.__('Show files')}
            </Button>
            <Button onClick={retry}>{trans.__('Look again')}</Button>
          </>
        }
      >
        {folder
          ? trans.__(
              'The folder “%1” is not inside a clone. Open a folder or a notebook that is, and the panel follows.',
              folder
            )
          : trans.__(
              'Open a folder or a notebook inside a clone, and the panel follows. To get one, run “git clone” in a terminal.'
            )}
      </EmptyState>
    );
  }
  if (hasCode(error, 'dubious_ownership')) {
    return (
      <EmptyState
        icon={lockIcon}
        title={trans.__('Git does not trust this folder')}
        actions={<Button onClick={retry}>{trans.__('Look again')}</Button>}
      >
        <p>{error.reason}</p>
        <p>{error.hint}</p>
      </EmptyState>
    );
  }
  return (
    <ErrorBox
      title={trans.__('The repository could not be read.')}
      error={error}
      onRetry={retry}
    />
  );
}
