import type { Schemas } from '../../api/client';
import type { IDiffRequest } from '../../diff/args';
import { isOnFile } from '../../threads/placement';
import { type Discussion, isSystem } from '../../threads/types';

export type MergeRequestFile = Schemas['MergeRequestFile'];

/** What to compare for a file of a version. */
export function diffRequest(
  folder: string,
  diffRefs: Schemas['DiffRefs'],
  file: MergeRequestFile
): IDiffRequest {
  return {
    folder,
    oldPath: (file.old_path ?? file.path).id,
    newPath: file.path.id,
    // By the status: where GitLab's API served, no blob is known.
    old: file.status === 'added' ? 'EMPTY' : diffRefs.base_sha,
    new: file.status === 'deleted' ? 'EMPTY' : diffRefs.head_sha
  };
}

/** A folder of the tree; folders with nothing but one folder in them are joined with it. */
export interface IFolder {
  name: string;
  path: string;
  folders: IFolder[];
  files: { name: string; file: MergeRequestFile }[];
}

/** The files as a tree, folders first, by name. */
export function fileTree(files: readonly MergeRequestFile[]): IFolder {
  const root: IFolder = { name: '', path: '', folders: [], files: [] };
  for (const file of files) {
    const parts = file.path.display.split('/');
    const name = parts.pop() ?? '';
    let folder = root;
    for (const part of parts) {
      let next = folder.folders.find(each => each.name === part);
      if (!next) {
        next = {
          name: part,
          path: folder.path ? `${folder.path}/${part}` : part,
          folders: [],
          files: []
        };
        folder.folders.push(next);
      }
      folder = next;
    }
    folder.files.push({ name, file });
  }
  return tidy(root);
}

function tidy(folder: IFolder): IFolder {
  const folders = folder.folders
    .map(tidy)
    .map(each =>
      each.files.length === 0 && each.folders.length === 1
        ? { ...each.folders[0], name: `${each.name}/${each.folders[0].name}` }
        : each
    )
    .sort((a, b) => a.name.localeCompare(b.name));
  const files = [...folder.files].sort((a, b) => a.name.localeCompare(b.name));
  return { ...folder, folders, files };
}

/** The files in the order in which the tree shows them. */
export function inTreeOrder(
  files: readonly MergeRequestFile[]
): MergeRequestFile[] {
  const list = (folder: IFolder): MergeRequestFile[] => [
    ...folder.folders.flatMap(list),
    ...folder.files.map(({ file }) => file)
  ];
  return list(fileTree(files));
}

/** The file shown first: the first notebook, else the first file. */
export function firstFile(
  files: readonly MergeRequestFile[]
): MergeRequestFile | undefined {
  const ordered = inTreeOrder(files);
  return ordered.find(file => file.notebook) ?? ordered[0];
}

/** The files whose path has the words of the filter in it. */
export function filterFiles(
  files: readonly MergeRequestFile[],
  filter: string
): MergeRequestFile[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word);
  return files.filter(file => {
    const path = file.path.display.toLowerCase();
    return words.every(word => path.includes(word));
  });
}

/** Threads of a file: all, and those that are not resolved. */
export interface IThreadCount {
  all: number;
  unresolved: number;
}

/** How many threads speak of each file, by path id. */
export function threadCounts(
  files: readonly MergeRequestFile[],
  discussions: readonly Discussion[]
): Map<string, IThreadCount> {
  // By path first: a look at every thread for every file would be hundreds of thousands.
  const byOld = new Map<string, Set<Discussion>>();
  const byNew = new Map<string, Set<Discussion>>();
  const note = (
    map: Map<string, Set<Discussion>>,
    path: string,
    discussion: Discussion
  ) => map.set(path, (map.get(path) ?? new Set()).add(discussion));
  for (const discussion of discussions) {
    const { position, cell } = discussion;
    if (isSystem(discussion)) {
      continue;
    }
    if (position !== null) {
      note(byOld, position.old_path.id, discussion);
      note(byNew, position.new_path.id, discussion);
    } else if (cell !== null) {
      note(cell.side === 'old' ? byOld : byNew, cell.path.id, discussion);
    }
  }
  const counts = new Map<string, IThreadCount>();
  for (const file of files) {
    const paths = {
      oldPath: (file.old_path ?? file.path).id,
      newPath: file.path.id
    };
    const near = new Set([
      ...(byOld.get(paths.oldPath) ?? []),
      ...(byNew.get(paths.newPath) ?? [])
    ]);
    const on = [...near].filter(each => isOnFile(each, paths));
    counts.set(file.path.id, {
      all: on.length,
      unresolved: on.filter(each => each.resolvable && !each.resolved).length
    });
  }
  return counts;
}
