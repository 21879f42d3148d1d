import type { Schemas } from '../api/client';
import type { FileDiff } from '../diff/types';

export type Discussion = Schemas['Discussion'];
export type Note = Schemas['Note'];
/** A pending comment: GitLab's draft note. */
export type PendingNote = Schemas['DraftNote'];
export type LinePosition = Schemas['LinePosition'];
export type NewPosition = Schemas['NewPosition'];
export type NewCellPosition = Schemas['NewCellPosition'];
export type CellMark = Schemas['CellMark'];
export type DiffRefs = Schemas['DiffRefs'];
export type Verdict = Schemas['SubmitReviewBody']['verdict'];

/** At once, or with the other pending comments when the review is submitted. */
export type SendMode = 'now' | 'review';

/** The merge request that threads belong to. */
export interface IThreadsOf {
  /** Addresses the repository. */
  folder: string;
  iid: number;
  /** The project's address on GitLab, from the merge request's own: names drafts and relative links. */
  projectUrl: string;
}

/** What the threads of one file need to know of it. */
export interface IThreadsFile {
  diff: FileDiff;
  oldPath: string;
  newPath: string;
  /** The version that is shown: comments are made on it. */
  diffRefs: DiffRefs;
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
