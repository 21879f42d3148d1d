import * as React from 'react';

import { LONG_TIMEOUT } from '../api/client';
import { useClient } from '../api/context';

/** Files that were put into a text. */
export interface IUploads {
  /** How many are on their way. */
  busy: number;
  /** The last one that GitLab did not take. */
  failure: { name: string; error: unknown; retry: () => void } | null;
  add: (files: readonly File[]) => void;
  dismiss: () => void;
}

/** Puts files where GitLab's texts can show them; `onMarkdown` is called with what a text says to show one. */
export function useUpload(
  folder: string,
  onMarkdown: (markdown: string) => void
): IUploads {
  const client = useClient();
  const [busy, setBusy] = React.useState(0);
  const [failure, setFailure] = React.useState<IUploads['failure']>(null);
  const latest = React.useRef(onMarkdown);
  React.useEffect(() => {
    latest.current = onMarkdown;
  }, [onMarkdown]);

  const send = async (file: File): Promise<void> => {
    setBusy(count => count + 1);
    setFailure(null);
    try {
      const upload = await client.post('/uploads', {
        query: { folder, filename: file.name },
        body: file,
        timeout: LONG_TIMEOUT
      });
      latest.current(upload.markdown);
    } catch (error) {
      const retry = () => void send(file);
      setFailure({ name: file.name, error, retry });
    } finally {
      setBusy(count => count - 1);
    }
  };
  return {
    busy,
    failure,
    add: files => files.forEach(file => void send(file)),
    dismiss: () => setFailure(null)
  };
}
