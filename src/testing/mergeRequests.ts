import type { Schemas } from '../api/client';
import { DIFF_REFS } from './diffs';

export const MIRA: Schemas['User'] = {
  id: 2,
  username: 'mira',
  name: 'Mira Solberg'
};

export const JONAS: Schemas['User'] = {
  id: 3,
  username: 'jonas',
  name: 'Jonas Weber'
};

let lastNote = 0;

export function note(
  body: string,
  more: Partial<Schemas['Note']> = {}
): Schemas['Note'] {
  return {
    id: ++lastNote,
    author: JONAS,
    body,
    created_at: '2026-11-20T10:00:00Z',
    updated_at: '2026-11-20T10:00:00Z',
    system: false,
    can_edit: false,
    suggestions: [],
    web_url: `https://gitlab.example/a/b/-/merge_requests/42#note_${lastNote}`,
    ...more
  };
}

/** A position on lines of this file, on the version that the fixtures stand on. */
export function position(
  lines: { old_line?: number; new_line?: number },
  more: Partial<Schemas['LinePosition']> = {}
): Schemas['LinePosition'] {
  const path = {
    id: 'train.ipynb',
    display: 'train.ipynb',
    contents_path: null
  };
  return {
    old_path: path,
    new_path: path,
    old_line: lines.old_line ?? null,
    new_line: lines.new_line ?? null,
    start: null,
    outdated: false,
    diff_refs: DIFF_REFS,
    ...more
  };
}

export function draftNote(
  body: string,
  more: Partial<Schemas['DraftNote']> = {}
): Schemas['DraftNote'] {
  return {
    id: ++lastNote,
    body,
    discussion_id: null,
    resolve: false,
    position: null,
    cell: null,
    suggestions: [],
    ...more
  };
}

export function discussion(
  id: string,
  more: Partial<Schemas['Discussion']> = {}
): Schemas['Discussion'] {
  return {
    id,
    individual: false,
    resolvable: true,
    resolved: false,
    resolved_by: null,
    position: null,
    cell: null,
    notes: [note(`Note of ${id}`)],
    ...more
  };
}

export function mergeRequest(
  more: Partial<Schemas['MergeRequest']> = {}
): Schemas['MergeRequest'] {
  return {
    iid: 42,
    title: 'Add AUC metric',
    description: 'Reports AUC.',
    state: 'opened',
    draft: false,
    author: MIRA,
    assignees: [],
    reviewers: [JONAS],
    labels: ['model'],
    milestone: null,
    source_branch: 'feature/auc',
    target_branch: 'main',
    source_project_id: 1,
    target_project_id: 1,
    created_at: '2026-11-20T09:00:00Z',
    updated_at: '2026-11-20T10:00:00Z',
    merged_at: null,
    merged_by: null,
    closed_at: null,
    web_url: 'https://gitlab.example/a/b/-/merge_requests/42',
    sha: DIFF_REFS.head_sha,
    diff_refs: DIFF_REFS,
    squash: false,
    remove_source_branch: true,
    comments: 0,
    unresolved: 0,
    pipeline_status: null,
    mergeability: {
      mergeable: true,
      checking: false,
      awaitable: false,
      status: 'mergeable',
      reason: '',
      hint: ''
    },
    approvals: {
      approved: false,
      approved_by: [],
      required: null,
      left: null,
      user_has_approved: false,
      user_can_approve: true,
      approved_at: null,
      rules: []
    },
    auto_merge: null,
    rebase_in_progress: false,
    merge_error: null,
    behind: 0,
    can_merge: true,
    can_update: true,
    ...more
  };
}

export function file(
  name: string,
  more: Partial<Schemas['MergeRequestFile']> = {}
): Schemas['MergeRequestFile'] {
  return {
    path: { id: encodeURI(name), display: name, contents_path: name },
    old_path: null,
    status: 'modified',
    notebook: name.endsWith('.ipynb'),
    additions: 3,
    deletions: 1,
    old_blob: '1'.repeat(40),
    new_blob: '2'.repeat(40),
    ...more
  };
}
