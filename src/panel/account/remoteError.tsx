import * as React from 'react';

import { useTrans } from '../../api/context';
import { hasCode } from '../../api/errors';
import { ErrorBox } from '../../components';

/** A failure of GitLab's side; one that only waits for the network is told in the header already. */
export function RemoteError(props: {
  error: unknown;
  title?: string;
  retry: () => void;
}): React.JSX.Element {
  const trans = useTrans();
  if (hasCode(props.error, 'gitlab_unreachable', 'gitlab_timeout')) {
    return (
      <p className="jp-gitlab-Section-note">
        {trans.__('Shown again when GitLab answers.')}
      </p>
    );
  }
  return (
    <ErrorBox title={props.title} error={props.error} onRetry={props.retry} />
  );
}
