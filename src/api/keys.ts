export type MergeRequestScope = 'for_review' | 'mine' | 'all';

export type InboxScope = 'for_review' | 'assigned' | 'mine';

/**
 * Query keys. All begin with the folder that addresses the repository; those of GitLab's side share `remote`, those of
 * one merge request share `mergeRequest`, so that a command can invalidate just what it changed.
 */
export const keys = {
  all: ['gitlab'] as const,
  hosts: ['gitlab', 'hosts'] as const,
  local: (folder: string) => ['gitlab', folder, 'local'] as const,
  remote: (folder: string) => ['gitlab', folder, 'remote'] as const,
  changes: (folder: string) => [...keys.local(folder), 'changes'] as const,
  summaries: (folder: string) => [...keys.local(folder), 'summary'] as const,
  summary: (folder: string, path: string) =>
    [...keys.summaries(folder), path] as const,
  branches: (folder: string) => [...keys.local(folder), 'branches'] as const,
  account: (folder: string) => [...keys.remote(folder), 'account'] as const,
  project: (folder: string) => [...keys.remote(folder), 'project'] as const,
  members: (folder: string, search: string) =>
    [...keys.remote(folder), 'members', search] as const,
  labels: (folder: string, search: string) =>
    [...keys.remote(folder), 'labels', search] as const,
  milestones: (folder: string, search: string) =>
    [...keys.remote(folder), 'milestones', search] as const,
  templates: (folder: string) => [...keys.remote(folder), 'templates'] as const,
  /** What shows merge requests in a few words, and changes with any of them. */
  overviews: (folder: string) => [...keys.remote(folder), 'overviews'] as const,
  lists: (folder: string) => [...keys.overviews(folder), 'lists'] as const,
  list: (folder: string, scope: MergeRequestScope, search: string) =>
    [...keys.lists(folder), scope, search] as const,
  counts: (folder: string) => [...keys.lists(folder), 'counts'] as const,
  ofBranch: (folder: string, branch: string) =>
    [...keys.overviews(folder), 'of-branch', branch] as const,
  /** What waits in all projects; changes with any merge request. */
  inbox: (folder: string) => [...keys.overviews(folder), 'inbox'] as const,
  inboxList: (folder: string, scope: InboxScope, search: string) =>
    [...keys.inbox(folder), scope, search] as const,
  inboxCounts: (folder: string) => [...keys.inbox(folder), 'counts'] as const,
  todos: (folder: string) => [...keys.inbox(folder), 'todos'] as const,
  mergeRequest: (folder: string, iid: number) =>
    [...keys.remote(folder), 'merge-request', iid] as const,
  detail: (folder: string, iid: number) =>
    [...keys.mergeRequest(folder, iid), 'detail'] as const,
  files: (folder: string, iid: number, version: number | null) =>
    [...keys.mergeRequest(folder, iid), 'files', version] as const,
  versions: (folder: string, iid: number, head: string) =>
    [...keys.mergeRequest(folder, iid), 'versions', head] as const,
  viewed: (folder: string, iid: number) =>
    [...keys.mergeRequest(folder, iid), 'viewed'] as const,
  checkOuts: (folder: string, iid: number) =>
    [...keys.mergeRequest(folder, iid), 'check-out'] as const,
  checkOut: (folder: string, iid: number, branch: string | null) =>
    [...keys.checkOuts(folder, iid), branch] as const,
  mergeRequestCommits: (folder: string, iid: number) =>
    [...keys.mergeRequest(folder, iid), 'commits'] as const,
  discussions: (folder: string, iid: number) =>
    [...keys.mergeRequest(folder, iid), 'discussions'] as const,
  draftNotes: (folder: string, iid: number) =>
    [...keys.mergeRequest(folder, iid), 'draft-notes'] as const,
  awardEmoji: (folder: string, iid: number, noteId: number) =>
    [...keys.mergeRequest(folder, iid), 'award-emoji', noteId] as const
};
