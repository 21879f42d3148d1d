import { DIFF_REFS } from '../../testing/diffs';
import { discussion, position } from '../../testing/mergeRequests';
import { discussionsOn } from './place';

const OLD = { ...DIFF_REFS, head_sha: 'a'.repeat(40) };

describe('threads on another comparison', () => {
  it('stand where they were written, on the version that they were written on', () => {
    const outdated = discussion('x', {
      position: position({ new_line: 3 }, { outdated: true, diff_refs: OLD })
    });
    const [shown] = discussionsOn([outdated], OLD, false);
    expect(shown.position?.outdated).toBe(false);
    const [other] = discussionsOn([outdated], DIFF_REFS, false);
    expect(other.position?.outdated).toBe(true);
  });

  it('have no place between two versions if their line is one of the target branch', () => {
    const refs = { ...DIFF_REFS, base_sha: OLD.head_sha };
    const [removed, added, general] = discussionsOn(
      [
        discussion('removed', { position: position({ old_line: 3 }) }),
        discussion('added', { position: position({ new_line: 3 }) }),
        discussion('general')
      ],
      refs,
      true
    );
    expect(removed.position?.diff_refs.head_sha).toBe('');
    expect(added.position?.diff_refs.head_sha).toBe(DIFF_REFS.head_sha);
    expect(general.position).toBeNull();
  });
});
