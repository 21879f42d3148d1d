import * as React from 'react';

const PREFIX = 'jupyterlab-gitlab-workflow:draft:';

/** Announces in this tab what the `storage` event announces in the others. */
const changes = new EventTarget();

/** Text that must survive a reload, kept in the browser: a commit message, a merge request's form, a choice. */
export function readDraft(key: string): string {
  try {
    return window.localStorage.getItem(PREFIX + key) ?? '';
  } catch {
    return '';
  }
}

/** Keeps the text; empty text is forgotten. */
export function writeDraft(key: string, text: string): void {
  try {
    if (text) {
      window.localStorage.setItem(PREFIX + key, text);
    } else {
      window.localStorage.removeItem(PREFIX + key);
    }
  } catch {
    // Storage may be full or forbidden: the text then lives as long as the page.
  }
  changes.dispatchEvent(new CustomEvent(key, { detail: text }));
}

/** Calls back when the draft changes, in this tab or in another one; answers how to end that. */
export function onDraft(
  key: string,
  changed: (text: string) => void
): () => void {
  const onHere = (event: Event) =>
    changed((event as CustomEvent<string>).detail);
  const onOtherTab = (event: StorageEvent) => {
    if (event.key === PREFIX + key) {
      changed(event.newValue ?? '');
    }
  };
  changes.addEventListener(key, onHere);
  window.addEventListener('storage', onOtherTab);
  return () => {
    changes.removeEventListener(key, onHere);
    window.removeEventListener('storage', onOtherTab);
  };
}

/** The draft of this key as state. */
export function useDraft(key: string): [string, (text: string) => void] {
  const [text, setText] = React.useState(() => readDraft(key));
  React.useEffect(() => {
    setText(readDraft(key));
    return onDraft(key, setText);
  }, [key]);
  const set = React.useCallback(
    (value: string) => writeDraft(key, value),
    [key]
  );
  return [text, set];
}

/** The key of a repository's commit message. */
export const messageKey = (repositoryId: string): string =>
  `message:${repositoryId}`;
