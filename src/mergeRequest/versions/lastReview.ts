import type { Schemas } from '../../api/client';

type Version = Schemas['Version'];

/** When I last reviewed a merge request, and the version that was there then. */
export interface ILastReview {
  version: Version;
  /** ISO 8601. */
  time: string;
  approved: boolean;
}

/**
 * The version on which I last approved or said something; null if I never did, or if the merge request is mine: its
 * author knows what has changed.
 *
 * GitLab's API does not tell on which version a note was written, so its time decides. `versions` are newest first.
 */
export function lastReview(
  mergeRequest: Pick<Schemas['MergeRequest'], 'author' | 'approvals'>,
  versions: readonly Version[],
  discussions: readonly Schemas['Discussion'][],
  me: number | null
): ILastReview | null {
  if (me === null || mergeRequest.author.id === me) {
    return null;
  }
  const approvedAt = mergeRequest.approvals?.approved_at ?? null;
  let last = approvedAt;
  for (const { notes } of discussions) {
    for (const note of notes) {
      if (
        note.author.id === me &&
        !note.system &&
        (last === null || Date.parse(note.created_at) > Date.parse(last))
      ) {
        last = note.created_at;
      }
    }
  }
  if (last === null) {
    return null;
  }
  const time = Date.parse(last);
  const version = versions.find(each => Date.parse(each.created_at) <= time);
  return version
    ? { version, time: last, approved: last === approvedAt }
    : null;
}

/** "Version 2": versions are counted from the oldest. */
export function versionNumber(
  versions: readonly Version[],
  id: number
): number {
  const index = versions.findIndex(each => each.id === id);
  return versions.length - index;
}
