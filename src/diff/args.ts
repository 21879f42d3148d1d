import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { LONG_TIMEOUT } from '../api/client';

/** Two versions of a file. Paths are path ids; revisions as the contract has them. */
export interface IDiffRequest {
  folder: string;
  oldPath: string;
  newPath: string;
  old: string;
  new: string;
  /** Whether lines that differ in blanks only count as the same. */
  ignoreWhitespace?: boolean;
}

/** Arguments of `gitlab:open-diff`: two versions of a file, and what to call the comparison. */
export interface IOpenDiffArgs extends IDiffRequest {
  /** "HEAD → working tree"; shown beside the file's name. */
  label: string;
}

/** The arguments of the command as the palette, menus, other rooms or the layout restorer give them. */
export const ARGS_SCHEMA = {
  type: 'object',
  required: ['folder', 'new_path'],
  properties: {
    folder: {
      type: 'string',
      description: 'A folder of the repository, as a contents path'
    },
    old_path: {
      type: 'string',
      description: 'Path id of the old side; default: the new one'
    },
    new_path: { type: 'string', description: 'Path id of the new side' },
    old: {
      type: 'string',
      description:
        'A full sha, HEAD, INDEX, EMPTY, or CONTENTS for a file by its contents path; default HEAD'
    },
    new: {
      type: 'string',
      description:
        'A full sha, INDEX, WORKTREE, CONTENTS or EMPTY; default WORKTREE'
    },
    label: { type: 'string', description: 'What the comparison is called' },
    cell_id: {
      type: 'string',
      description: 'A cell of the new side to go to, by its id'
    },
    cell_index: {
      type: 'number',
      description: 'The same by its place, counted from 0'
    }
  }
} as const;

/** The arguments made whole; null if they name no file. */
export function readArgs(
  args: ReadonlyPartialJSONObject
): IOpenDiffArgs | null {
  const text = (value: unknown, fallback: string) =>
    typeof value === 'string' ? value : fallback;
  const newPath = text(args.new_path, text(args.old_path, ''));
  if (newPath === '') {
    return null;
  }
  return {
    folder: text(args.folder, ''),
    oldPath: text(args.old_path, newPath),
    newPath,
    old: text(args.old, 'HEAD'),
    new: text(args.new, 'WORKTREE'),
    label: text(args.label, '')
  };
}

/** The cell that the arguments ask for; null if none. */
export function readCell(
  args: ReadonlyPartialJSONObject
): { id: string | null; index: number } | null {
  const { cell_id: id, cell_index: index } = args;
  return typeof id === 'string' || typeof index === 'number'
    ? {
        id: typeof id === 'string' ? id : null,
        index: typeof index === 'number' ? index : -1
      }
    : null;
}

/** What is asked of `/diffs` for a comparison. */
export function requestOptions(request: IDiffRequest) {
  return {
    query: {
      folder: request.folder,
      old: request.old,
      new: request.new,
      old_path: request.oldPath,
      new_path: request.newPath,
      ...(request.ignoreWhitespace && { ignore_whitespace: true })
    },
    timeout: LONG_TIMEOUT
  };
}

/** The command's arguments again, for the layout restorer. */
export function writeArgs(args: IOpenDiffArgs): ReadonlyPartialJSONObject {
  const { folder, oldPath, newPath, label } = args;
  return {
    folder,
    old: args.old,
    new: args.new,
    old_path: oldPath,
    new_path: newPath,
    label
  };
}

/** The same for the same comparison: there is one tab for it. */
export function diffId(args: IDiffRequest): string {
  return [
    'jp-gitlab-diff',
    args.folder,
    args.old,
    args.oldPath,
    args.new,
    args.newPath
  ].join(':');
}
