import * as React from 'react';

import { useTrans } from '../api/context';
import { ApiError, hasCode } from '../api/errors';
import { Button, EmptyState, ErrorBox } from '../components';
import { lockIcon, mergeRequestIcon, offlineIcon } from '../icons';
import { CommandIDs } from '../tokens';
import { useCommand, useDocument } from './context';

/** Why there is no merge request to show. */
export function DocumentError(props: {
  error: unknown;
  onRetry: () => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { iid } = useDocument();
  const command = useCommand();
  const { error, onRetry } = props;
  const retry = <Button onClick={onRetry}>{trans.__('Try again')}</Button>;
  if (error instanceof ApiError && error.isToken) {
    return (
      <EmptyState
        icon={lockIcon}
        title={
          error.code === 'not_signed_in'
            ? trans.__('You are not signed in to GitLab')
            : error.reason || trans.__('GitLab does not take your token')
        }
        actions={
          <>
            <Button
              kind="primary"
              onClick={() => void command(CommandIDs.signIn)}
            >
              {trans.__('Open the GitLab panel')}
            </Button>
            {retry}
          </>
        }
      >
        {error.hint || trans.__('Sign in there, then this page can be read.')}
      </EmptyState>
    );
  }
  if (hasCode(error, 'gitlab_unreachable', 'gitlab_timeout')) {
    return (
      <EmptyState
        icon={offlineIcon}
        title={trans.__('GitLab can’t be reached')}
        actions={retry}
      >
        {error instanceof ApiError ? error.hint || error.reason : ''}
      </EmptyState>
    );
  }
  if (hasCode(error, 'not_found')) {
    return (
      <EmptyState
        icon={mergeRequestIcon}
        title={trans.__('There is no merge request !%1', iid)}
        actions={retry}
      >
        {trans.__('It may have been deleted, or your account may not see it.')}
      </EmptyState>
    );
  }
  return (
    <ErrorBox
      title={trans.__('The merge request could not be read.')}
      error={error}
      onRetry={onRetry}
    />
  );
}
