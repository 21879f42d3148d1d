import * as React from 'react';

import { useTrans } from '../api/context';

/** Leads to the page on GitLab itself. */
export function OpenOnGitLab(props: { url: string }): React.JSX.Element {
  const trans = useTrans();
  return (
    <a
      className="jp-gitlab-Button"
      href={props.url}
      target="_blank"
      rel="noopener noreferrer"
    >
      {trans.__('Open on GitLab')} <span aria-hidden="true">↗</span>
    </a>
  );
}
