import type { Schemas } from '../../api/client';
import type { Discussion } from '../../threads/types';

type DiffRefs = Schemas['DiffRefs'];

/**
 * The discussions as they stand to the two commits that are shown.
 *
 * - On an older version, a thread that GitLab calls outdated stands where it was written, if it was written there.
 * - Between two versions the old side is not the merge base: a thread on a removed line of that has no place there.
 */
export function discussionsOn(
  discussions: readonly Discussion[],
  shown: DiffRefs,
  betweenVersions: boolean
): readonly Discussion[] {
  return discussions.map(discussion => {
    const { position } = discussion;
    if (position === null) {
      return discussion;
    }
    const { diff_refs: refs } = position;
    if (
      position.outdated &&
      !betweenVersions &&
      refs.head_sha === shown.head_sha &&
      refs.base_sha === shown.base_sha
    ) {
      return { ...discussion, position: { ...position, outdated: false } };
    }
    if (betweenVersions && position.new_line === null && !position.outdated) {
      const nowhere = { ...refs, head_sha: '' };
      return { ...discussion, position: { ...position, diff_refs: nowhere } };
    }
    return discussion;
  });
}
