import type { TranslationBundle } from '@jupyterlab/translation';

import type { Schemas } from '../api/client';
import type { IOpenDiffArgs } from '../diff/args';

export type FileCommit = Schemas['FileCommit'];

/** One version of a file in its history. */
export interface IEntry {
  /** `WORKTREE` or the commit. */
  key: string;
  /** The file's path id in this version. */
  path: string;
  /** Null for the file as it lies in the work tree. */
  commit: FileCommit | null;
}

/** What the commits of a file are compared with before the first of them. */
export const NOTHING = 'EMPTY';

/** The versions of a file, newest first: the one in the work tree, then one a commit. */
export function historyEntries(
  path: string,
  commits: readonly FileCommit[]
): IEntry[] {
  return [
    { key: 'WORKTREE', path, commit: null },
    ...commits.map(each => ({
      key: each.commit.sha,
      path: each.path.id,
      commit: each
    }))
  ];
}

/** Which two versions are compared, by their keys. */
export interface IChoice {
  from: string;
  to: string;
}

/** What a version changed: it and the one before. */
export function changeOf(entries: readonly IEntry[], index: number): IChoice {
  return { from: entries[index + 1]?.key ?? NOTHING, to: entries[index].key };
}

/** The arguments of the diff between two versions; null while one of them is not known. */
export function diffArgs(
  folder: string,
  entries: readonly IEntry[],
  choice: IChoice
): IOpenDiffArgs | null {
  const to = entries.find(({ key }) => key === choice.to);
  const from = entries.find(({ key }) => key === choice.from);
  if (!to || (!from && choice.from !== NOTHING)) {
    return null;
  }
  return {
    folder,
    old: choice.from,
    new: choice.to,
    oldPath: (from ?? to).path,
    newPath: to.path,
    // The list beside it says which versions they are.
    label: ''
  };
}

export function entryName(entry: IEntry, trans: TranslationBundle): string {
  return entry.commit?.commit.short_sha ?? trans.__('work tree');
}

/** What a commit did to the file, where that is more than changing it. */
export function eventText(
  { status, old_path: old }: FileCommit,
  trans: TranslationBundle
): string {
  switch (status) {
    case 'added':
      return trans.__('added');
    case 'deleted':
      return trans.__('deleted');
    case 'renamed':
      return trans.__('renamed from %1', old?.display ?? '');
    case 'copied':
      return trans.__('copied from %1', old?.display ?? '');
    default:
      return '';
  }
}
