import type { ApiClient } from '../api/client';
import { pathId } from '../api/paths';
import type { IOpenDiffArgs } from '../diff/args';
import { isFixed } from '../diff/queries';
import { type IGitDiffModel, SpecialRef } from './git';

/** What jupyterlab-git wants compared, as this extension's own command has it. Throws `ApiError`. */
export async function diffArgs(
  model: IGitDiffModel,
  client: ApiClient
): Promise<IOpenDiffArgs> {
  const folder = (model.repositoryPath ?? '').replace(/^\/+|\/+$/g, '');
  const { reference, challenger, filename } = model;
  const [old, now] = model.hasConflict
    ? // The file with git's markers in it: the other side is in there.
      ['HEAD', 'WORKTREE']
    : await Promise.all(
        [reference, challenger].map(({ source }) =>
          revision(source, folder, client)
        )
      );
  return {
    folder,
    old,
    new: now,
    oldPath: pathId(formerName(model) ?? filename),
    newPath: pathId(filename),
    label: `${reference.label} → ${challenger.label}`
  };
}

async function revision(
  source: string | number,
  folder: string,
  client: ApiClient
): Promise<string> {
  if (source === SpecialRef.WORKING) {
    return 'WORKTREE';
  }
  if (source === SpecialRef.INDEX) {
    return 'INDEX';
  }
  const name = String(source);
  if (name === 'HEAD' || isFixed(name)) {
    return name;
  }
  const commits = await client.get('/commits', {
    query: { folder, revision: name, per_page: 1 }
  });
  // Nothing before it: the parent of a first commit.
  return commits.items[0]?.sha ?? 'EMPTY';
}

/** The old name of a renamed file, which jupyterlab-git tells in the label only: "old.ipynb (1a2b3c4)". */
function formerName(model: IGitDiffModel): string | null {
  const { reference, challenger, filename } = model;
  return challenger.label.startsWith(`${filename} (`)
    ? (/^(.+) \(.*\)$/.exec(reference.label)?.[1] ?? null)
    : null;
}
