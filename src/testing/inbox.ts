import type { Schemas } from '../api/client';

const USER = { id: 2, username: 'jonas', name: 'Jonas' };

export function summary(
  iid: number,
  change: Partial<Schemas['MergeRequestSummary']> = {}
): Schemas['MergeRequestSummary'] {
  return {
    iid,
    title: `Title ${iid}`,
    state: 'opened',
    draft: false,
    author: USER,
    source_branch: 'b',
    target_branch: 'main',
    updated_at: '2026-01-01T00:00:00Z',
    created_at: '2026-01-01T00:00:00Z',
    labels: [],
    has_conflicts: false,
    comments: 0,
    web_url: `https://gitlab.example/far/away/-/merge_requests/${iid}`,
    ...change
  };
}

export const FAR = 'gitlab-project:gitlab.example/far/away';

export function inboxItem(iid: number): Schemas['InboxItem'] {
  return {
    address: FAR,
    project_path: 'far/away',
    merge_request: summary(iid)
  };
}

export function inboxPage(
  items: Schemas['InboxItem'][],
  next_page: number | null = null
): Schemas['InboxPage'] {
  return { items, page: 1, next_page, total: items.length };
}

export function todo(
  id: number,
  change: Partial<Schemas['Todo']> = {}
): Schemas['Todo'] {
  return {
    id,
    action: 'mentioned',
    author: USER,
    text: `Text ${id}`,
    created_at: '2026-01-01T00:00:00Z',
    web_url: 'u',
    item: inboxItem(41),
    ...change
  };
}

export function counts(waiting: number): Schemas['InboxCounts'] {
  return { for_review: 2, assigned: 0, mine: 1, todos: 3, waiting };
}

export function knownHost(
  host: string,
  has_token = true
): Schemas['KnownHost'] {
  return {
    address: `gitlab-host:${host}`,
    host,
    url: `https://${host}`,
    has_token
  };
}

export function replyToMe(note_id: number): Schemas['ReplyToMe'] {
  return {
    note_id,
    author: USER,
    text: `Reply ${note_id}`,
    created_at: '2026-01-01T00:00:00Z',
    item: inboxItem(41)
  };
}
