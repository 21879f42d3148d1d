import { Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import { FileDialog } from '@jupyterlab/filebrowser';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import type { Schemas } from '../api/client';
import { describeError } from '../api/describe';
import { CommandIDs, type IGitLab } from '../tokens';
import { pathId } from '../api/paths';
import { branchName, pickBranch, pickCommit } from './pick';

/** What comparing needs of JupyterLab and of the server part. */
export interface ICompareServices {
  commands: CommandRegistry;
  docManager: IDocumentManager;
  gitlab: IGitLab;
  trans: TranslationBundle;
}

/** Where a file lies: `folder` addresses its repository, `path` is its id there; null, said aloud, if in none. */
export async function locate(
  services: ICompareServices,
  contentsPath: string
): Promise<{ folder: string; path: string } | null> {
  const place = await placeOf(services, contentsPath);
  return place && { folder: place.folder, path: place.path.id };
}

async function placeOf(
  services: ICompareServices,
  contentsPath: string
): Promise<Schemas['FilePlace'] | null> {
  const { gitlab, trans } = services;
  try {
    return await gitlab.client.get('/file-places', {
      query: { contents_path: contentsPath }
    });
  } catch (error) {
    report(services, trans.__('The file could not be compared.'), error);
    return null;
  }
}

/** The file as it was committed last, and as it is now. */
export async function compareWithHead(
  services: ICompareServices,
  contentsPath: string
): Promise<void> {
  const place = await placeOf(services, contentsPath);
  if (place) {
    await open(services, place, {
      revision: place.has_commits ? 'HEAD' : 'EMPTY',
      path: place.path.id,
      name: 'HEAD'
    });
  }
}

/** The file as it is on a branch, and as it is here now. */
export async function compareWithBranch(
  services: ICompareServices,
  contentsPath: string,
  name?: string
): Promise<void> {
  const { gitlab, trans } = services;
  const place = await placeOf(services, contentsPath);
  if (!place) {
    return;
  }
  try {
    const { branches } = await gitlab.client.get('/branches', {
      query: { folder: place.folder }
    });
    const branch =
      name === undefined
        ? await pickBranch(branches, trans)
        : (branches.find(each => branchName(each) === name) ?? null);
    if (branch) {
      await open(services, place, {
        revision: branch.sha,
        path: place.path.id,
        name: branchName(branch)
      });
    } else if (name !== undefined) {
      Notification.warning(trans.__('There is no branch “%1”.', name));
    }
  } catch (error) {
    report(services, trans.__('The branches could not be listed.'), error);
  }
}

/** The file as one of its commits left it, and as it is now. */
export async function compareWithCommit(
  services: ICompareServices,
  contentsPath: string
): Promise<void> {
  const { gitlab, trans } = services;
  const place = await placeOf(services, contentsPath);
  if (!place) {
    return;
  }
  const picked = await pickCommit(
    page =>
      gitlab.client.get('/file-history', {
        query: { folder: place.folder, path: place.path.id, page }
      }),
    trans
  );
  if (picked) {
    await open(services, place, {
      revision: picked.commit.sha,
      path: picked.path.id,
      name: picked.commit.short_sha
    });
  }
}

/** Two files as they lie on the disk, in a repository or not. */
export async function compareWithFile(
  services: ICompareServices,
  contentsPath: string,
  other?: string
): Promise<void> {
  const { commands, docManager, trans } = services;
  const chosen = other ?? (await askForFile(docManager, contentsPath, trans));
  if (chosen === null || chosen === undefined) {
    return;
  }
  await commands.execute(CommandIDs.openDiff, {
    // So that the panel stays with the file's own repository, if it has one.
    folder: PathExt.dirname(contentsPath),
    old: 'CONTENTS',
    new: 'CONTENTS',
    old_path: pathId(chosen),
    new_path: pathId(contentsPath),
    label: trans.__(
      '%1 → %2',
      PathExt.basename(chosen),
      PathExt.basename(contentsPath)
    )
  });
}

async function askForFile(
  manager: IDocumentManager,
  contentsPath: string,
  trans: TranslationBundle
): Promise<string | null> {
  const result = await FileDialog.getOpenFiles({
    manager,
    title: trans.__('Compare %1 with', PathExt.basename(contentsPath)),
    defaultPath: PathExt.dirname(contentsPath)
  });
  return result.button.accept ? (result.value?.[0]?.path ?? null) : null;
}

function open(
  services: ICompareServices,
  place: Schemas['FilePlace'],
  old: { revision: string; path: string; name: string }
): Promise<unknown> {
  const { commands, trans } = services;
  return commands.execute(CommandIDs.openDiff, {
    folder: place.folder,
    old: old.revision,
    new: 'WORKTREE',
    old_path: old.path,
    new_path: place.path.id,
    label: trans.__('%1 → work tree', old.name)
  });
}

function report(
  { trans }: ICompareServices,
  what: string,
  error: unknown
): void {
  const { message, hint } = describeError(error, trans);
  Notification.error([what, message, hint].filter(part => part).join(' '), {
    autoClose: false
  });
}
