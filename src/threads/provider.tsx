import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import * as React from 'react';

import { safeRendermime } from '../components/safeRendermime';
import { ThreadsProvider } from './context';
import { Drafts } from './drafts';
import { PendingProvider, useReadPending } from './pending';

/** What threads need above them, for one merge request: kept texts, pending comments, and a renderer of notes. */
export function Threads(props: {
  folder: string;
  iid: number;
  /** The project's address on GitLab; empty while it is not known. */
  projectUrl: string;
  rendermime: IRenderMimeRegistry;
  children: React.ReactNode;
}): React.JSX.Element {
  const { folder, iid, projectUrl, rendermime } = props;
  const services = React.useMemo(() => {
    const of = { folder, iid, projectUrl };
    return {
      of,
      drafts: new Drafts(of),
      rendermime: safeRendermime(rendermime, {
        projectUrl: projectUrl || null,
        folder
      })
    };
  }, [folder, iid, rendermime, projectUrl]);
  const pending = useReadPending(services.of);
  return (
    <ThreadsProvider value={services}>
      <PendingProvider value={pending}>{props.children}</PendingProvider>
    </ThreadsProvider>
  );
}
