import { Dialog, showDialog } from '@jupyterlab/apputils';

import type { Schemas } from '../../api/client';
import { keys } from '../../api/keys';
import { queryClient } from '../../api/queryClient';
import { notices } from '../notices';
import { current, type ICurrent, type IServices } from '../services';
import { guardUnsaved, reloadDocuments } from './documents';
import { refreshLocal } from './refresh';
import { run } from './run';

type Changes = Schemas['Changes'];
type ChangedFile = Schemas['ChangedFile'];

/** What a commit would take of a file: all, nothing, or an older version than the newest. */
export function tick(file: ChangedFile): boolean | 'mixed' {
  if (file.staged === null) {
    return false;
  }
  return file.unstaged === null ? true : 'mixed';
}

/** Asks for the changed files; the panel shows the answer too. */
export function fetchChanges(
  services: IServices,
  now: ICurrent
): Promise<Changes> {
  return queryClient.fetchQuery({
    queryKey: keys.changes(now.folder),
    queryFn: ({ signal }) =>
      services.gitlab.client.get('/changes', {
        query: { folder: now.folder },
        signal
      }),
    staleTime: 0
  });
}

/** The list as it will be, so that a tick shows at once. */
export function withTicks(
  changes: Changes,
  paths: ReadonlySet<string>,
  ticked: boolean
): Changes {
  return {
    ...changes,
    files: changes.files.map(file =>
      paths.has(file.path.id)
        ? {
            ...file,
            staged: ticked ? file.status : null,
            unstaged: ticked ? null : file.status
          }
        : file
    )
  };
}

/** Ticks (stages) or unticks whole files, by their path ids. */
export async function setTicked(
  services: IServices,
  paths: readonly string[],
  ticked: boolean
): Promise<void> {
  const { gitlab, trans } = services;
  const now = current(gitlab);
  if (!now || paths.length === 0) {
    return;
  }
  const key = keys.changes(now.folder);
  await queryClient.cancelQueries({ queryKey: key });
  const before = queryClient.getQueryData<Changes>(key);
  if (before) {
    queryClient.setQueryData(key, withTicks(before, new Set(paths), ticked));
  }
  const result = await run(
    services,
    signal =>
      gitlab.client.post(ticked ? '/changes/stage' : '/changes/unstage', {
        query: { folder: now.folder },
        body: { paths: [...paths] },
        signal
      }),
    {
      failure: ticked
        ? trans.__('The files could not be ticked.')
        : trans.__('The files could not be unticked.')
    }
  );
  if (result) {
    queryClient.setQueryData(key, result);
  } else {
    await queryClient.invalidateQueries({ queryKey: key });
  }
}

/** Ticks or unticks every file that is not in conflict. */
export async function setAllTicked(
  services: IServices,
  ticked: boolean
): Promise<void> {
  const now = current(services.gitlab);
  if (!now) {
    return;
  }
  const changes =
    queryClient.getQueryData<Changes>(keys.changes(now.folder)) ??
    (await fetchChanges(services, now));
  const paths = changes.files
    .filter(file => file.conflict === null && tick(file) !== ticked)
    .map(file => file.path.id);
  await setTicked(services, paths, ticked);
}

/** Brings files back to the last commit, after asking; tells where the thrown-away versions can be found. */
export async function discard(
  services: IServices,
  files: readonly Pick<ChangedFile, 'path' | 'status'>[]
): Promise<boolean> {
  const { gitlab, trans } = services;
  const now = current(gitlab);
  if (!now || files.length === 0) {
    return false;
  }
  const names = files.map(file => file.path.display);
  const onlyNew = files.every(
    file => file.status === 'untracked' || file.status === 'added'
  );
  const confirmed = await showDialog({
    title: trans._n(
      'Discard the changes in %2?',
      'Discard the changes in %1 files?',
      files.length,
      names[0]
    ),
    body:
      (onlyNew
        ? trans._n(
            'The new file is removed.',
            'The new files are removed.',
            files.length
          )
        : trans._n(
            'The file goes back to the last commit.',
            'The files go back to the last commit.',
            files.length
          )) +
      ' ' +
      trans.__(
        'What is discarded is kept under a recovery ref, which is shown afterwards.'
      ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.warnButton({ label: trans.__('Discard') })
    ],
    defaultButton: 0
  });
  if (!confirmed.button.accept) {
    return false;
  }
  const touched = new Set(files.flatMap(file => file.path.contents_path ?? []));
  if (
    !(await guardUnsaved(
      services,
      now,
      trans.__('Save before discarding?'),
      touched
    ))
  ) {
    return false;
  }
  const result = await run(
    services,
    signal =>
      gitlab.client.post('/changes/discard', {
        query: { folder: now.folder },
        body: { paths: files.map(file => file.path.id) },
        signal
      }),
    { failure: trans.__('The changes were not discarded.') }
  );
  await refreshLocal(services, now.folder);
  if (!result) {
    return false;
  }
  if (result.recovery_ref) {
    notices.add({
      title: trans._n(
        'Discarded the changes in %2.',
        'Discarded the changes in %1 files.',
        files.length,
        names[0]
      ),
      output: trans.__(
        'To bring them back: git stash apply %1',
        result.recovery_ref
      )
    });
  }
  await reloadDocuments(
    services,
    now,
    result.discarded.flatMap(path => path.contents_path ?? [])
  );
  return true;
}

/** Discards by path id, as the command takes them. */
export async function discardPaths(
  services: IServices,
  ids: readonly string[]
): Promise<boolean> {
  const now = current(services.gitlab);
  if (!now) {
    return false;
  }
  const changes = await fetchChanges(services, now);
  return discard(
    services,
    changes.files.filter(file => ids.includes(file.path.id))
  );
}
