import { Debouncer } from '@lumino/polling';

import type { Schemas } from '../api/client';
import { keys } from '../api/keys';
import { queryClient } from '../api/queryClient';
import { localPath } from './folder';
import type { GitLabPanel } from './panel';
import { current, type IServices, setting } from './services';

/** Milliseconds: a save writes, renames and tells more than once. */
const SAVE_PAUSE = 150;

/**
 * Keeps what the panel shows true: after saves, when the window comes back, and from time to time for what happens in a
 * terminal. While the panel or the page is hidden nothing is asked.
 */
export function keepFresh(panel: GitLabPanel, services: IServices): void {
  const { app, gitlab } = services;
  const saved = new Set<string>();

  const onSaved = new Debouncer(async () => {
    const paths = [...saved];
    saved.clear();
    await refreshSaved(services, paths);
  }, SAVE_PAUSE);

  gitlab.fileChanged.connect((_, path) => {
    const local = localPath(app.serviceManager.contents, path);
    if (local !== null) {
      saved.add(local);
      void onSaved.invoke();
    }
  });

  const onScreen = (): boolean =>
    panel.isVisible && document.visibilityState === 'visible';

  const look = (): void => {
    if (onScreen()) {
      void gitlab.refresh();
    }
  };
  window.addEventListener('focus', look);
  document.addEventListener('visibilitychange', look);
  panel.visibleChanged.connect((_, visible) => {
    if (visible) {
      look();
    }
  });

  const tick = (): void => {
    window.setTimeout(
      () => {
        look();
        tick();
      },
      1000 * setting(services, 'refreshInterval', 10)
    );
  };
  tick();
  look(); // what is known may be as old as the page, or that the server was away
}

/** Asks again for the list, and for the words about just those files. Hidden parts are asked when they are shown. */
async function refreshSaved(
  services: IServices,
  paths: readonly string[]
): Promise<void> {
  const now = current(services.gitlab);
  if (!now) {
    return;
  }
  const top = now.repository.folder;
  const inside = paths.filter(path => !top || path.startsWith(`${top}/`));
  if (inside.length === 0) {
    return;
  }
  const changes = queryClient.getQueryData<Schemas['Changes']>(
    keys.changes(now.folder)
  );
  const ids = (changes?.files ?? [])
    .filter(file => inside.includes(file.path.contents_path ?? ''))
    .map(file => file.path.id);
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: keys.changes(now.folder) }),
    ...ids.map(id =>
      queryClient.invalidateQueries({ queryKey: keys.summary(now.folder, id) })
    )
  ]);
}
