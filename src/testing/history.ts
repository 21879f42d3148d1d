import type { Schemas } from '../api/client';

/** A commit of a file's history: commit 1 is "Commit 1" with the sha 111…, and so on. */
export function fileCommit(
  number: number,
  more: Partial<Schemas['FileCommit']> = {}
): Schemas['FileCommit'] {
  const sha = String(number).repeat(40).slice(0, 40);
  return {
    commit: {
      sha,
      short_sha: sha.slice(0, 8),
      title: `Commit ${number}`,
      body: '',
      author_name: 'Mira',
      author_email: 'mira@example.org',
      authored_at: '2026-01-01T00:00:00Z',
      parents: []
    },
    status: 'modified',
    path: { id: 'a.py', display: 'a.py', contents_path: 'clone/a.py' },
    old_path: null,
    ...more
  };
}
