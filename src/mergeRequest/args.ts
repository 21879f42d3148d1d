import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

export interface IOpenMergeRequestArgs {
  /** A folder of the repository, as a contents path. */
  folder: string;
  iid: number;
}

export const ARGS_SCHEMA = {
  type: 'object',
  required: ['folder', 'iid'],
  properties: {
    folder: {
      type: 'string',
      description: 'A folder of the repository, as a contents path'
    },
    iid: { type: 'number', description: 'The number after the !' }
  }
} as const;

/** The arguments, or null if they name no merge request. */
export function readArgs(
  args: ReadonlyPartialJSONObject
): IOpenMergeRequestArgs | null {
  const iid = Number(args.iid);
  return Number.isInteger(iid) && iid > 0
    ? { folder: typeof args.folder === 'string' ? args.folder : '', iid }
    : null;
}

/** One tab a merge request. */
export function documentId(args: IOpenMergeRequestArgs): string {
  return `jp-gitlab-merge-request:${args.folder}:${args.iid}`;
}
