import type { Schemas } from '../api/client';

export type Discussion = Schemas['Discussion'];
export type Note = Schemas['Note'];
export type LinePosition = Schemas['LinePosition'];
export type NewPosition = Schemas['NewPosition'];
export type DiffRefs = Schemas['DiffRefs'];

/** The merge request that threads belong to. */
export interface IThreadsOf {
  /** Addresses the repository. */
  folder: string;
  iid: number;
  /** The project's address on GitLab, from the merge request's own: names drafts and relative links. */
  projectUrl: string;
}

/** What hangs on one row of the diff. */
export interface IRowContents {
  threads: readonly Discussion[];
  box: IBox | null;
}

/** An open comment box. */
export interface IBox {
  position: NewPosition;
  /** Whether GitLab's own page has a row for it. */
  shown: boolean;
}

/** The project's address in a merge request's. */
export function projectUrl(mergeRequestUrl: string): string {
  const end = mergeRequestUrl.indexOf('/-/merge_requests/');
  return end === -1 ? mergeRequestUrl : mergeRequestUrl.slice(0, end);
}

/** A thread that GitLab's system wrote about an event. */
export function isSystem(discussion: Discussion): boolean {
  return discussion.notes.every(note => note.system);
}
