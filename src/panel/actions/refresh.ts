import { keys } from '../../api/keys';
import { queryClient } from '../../api/queryClient';
import { current, type IServices } from '../services';

/** After a command that touched the work tree, the index or branches. */
export async function refreshLocal(
  services: IServices,
  folder: string
): Promise<void> {
  await Promise.all([
    services.gitlab.refresh(),
    queryClient.invalidateQueries({ queryKey: keys.local(folder) })
  ]);
}

/** After a command that changed something on GitLab. */
export async function refreshRemote(folder: string): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: keys.remote(folder) });
}

/** Everything again, by the user's wish. */
export async function refreshAll(services: IServices): Promise<void> {
  await services.gitlab.refresh();
  const now = current(services.gitlab);
  if (!now) {
    await queryClient.invalidateQueries({ queryKey: keys.all });
  } else {
    await Promise.all([
      refreshLocal(services, now.folder),
      refreshRemote(now.folder)
    ]);
  }
}
