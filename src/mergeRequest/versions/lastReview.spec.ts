import { DIFF_REFS } from '../../testing/diffs';
import {
  discussion,
  JONAS,
  mergeRequest,
  MIRA,
  note
} from '../../testing/mergeRequests';
import { lastReview, versionNumber } from './lastReview';

const version = (id: number, created_at: string) => ({
  id,
  created_at,
  diff_refs: DIFF_REFS
});

const VERSIONS = [
  version(30, '2026-11-20T12:00:00Z'),
  version(20, '2026-11-20T11:00:00Z'),
  version(10, '2026-11-20T10:00:00Z')
];

const said = (created_at: string, author = JONAS, system = false) =>
  discussion(created_at, {
    notes: [note('x', { created_at, author, system })]
  });

const approved = (approved_at: string | null) => {
  const made = mergeRequest();
  return {
    ...made,
    approvals: made.approvals && { ...made.approvals, approved_at }
  };
};

describe('the last review', () => {
  it('is of the version that was there when I last said something', () => {
    const found = lastReview(
      mergeRequest(),
      VERSIONS,
      [said('2026-11-20T11:30:00Z'), said('2026-11-20T10:30:00Z')],
      JONAS.id
    );
    expect(found).toMatchObject({ version: { id: 20 }, approved: false });
  });

  it('is the approval where that came later', () => {
    const found = lastReview(
      approved('2026-11-20T12:00:00.000Z'),
      VERSIONS,
      [said('2026-11-20T11:30:00Z')],
      JONAS.id
    );
    expect(found).toMatchObject({ version: { id: 30 }, approved: true });
  });

  it('is not made by what others or GitLab itself wrote', () => {
    expect(
      lastReview(
        mergeRequest(),
        VERSIONS,
        [
          said('2026-11-20T11:30:00Z', MIRA),
          said('2026-11-20T11:40:00Z', JONAS, true)
        ],
        JONAS.id
      )
    ).toBeNull();
  });

  it('is none for the author, for strangers and before the first version', () => {
    const mine = [said('2026-11-20T11:30:00Z', MIRA)];
    expect(lastReview(mergeRequest(), VERSIONS, mine, MIRA.id)).toBeNull();
    expect(lastReview(mergeRequest(), VERSIONS, mine, null)).toBeNull();
    expect(
      lastReview(
        mergeRequest(),
        VERSIONS,
        [said('2026-11-20T09:00:00Z')],
        JONAS.id
      )
    ).toBeNull();
  });
});

it('counts versions from the oldest', () => {
  expect(VERSIONS.map(each => versionNumber(VERSIONS, each.id))).toEqual([
    3, 2, 1
  ]);
});
