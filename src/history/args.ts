import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

/** A file of a repository; `path` is its path id. */
export interface IHistoryArgs {
  folder: string;
  path: string;
}

/** The same for the same file: there is one tab for it. */
export function historyId({ folder, path }: IHistoryArgs): string {
  return `jp-gitlab-history:${folder}:${path}`;
}

/** What the layout restorer keeps. */
export function writeHistoryArgs(
  args: IHistoryArgs
): ReadonlyPartialJSONObject {
  return { folder: args.folder, path_id: args.path };
}
