"""The tables of merge requests, their versions, approvals, notes and reactions."""

SCHEMA = """
-- the last iid given in a project: a deleted merge request's number is not used again
CREATE TABLE IF NOT EXISTS merge_request_counters (
    project_id INTEGER PRIMARY KEY REFERENCES projects ON DELETE CASCADE,
    last INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS merge_requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    iid INTEGER NOT NULL,
    project_id INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,     -- the target project
    source_project_id INTEGER REFERENCES projects ON DELETE SET NULL,
    source_branch TEXT NOT NULL,
    target_branch TEXT NOT NULL,
    title TEXT NOT NULL,
    description TEXT,
    state TEXT NOT NULL DEFAULT 'opened',  -- opened | closed | merged
    author_id INTEGER NOT NULL REFERENCES users,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    prepared_at TEXT,
    merged_at TEXT,
    merged_by_id INTEGER REFERENCES users,
    closed_at TEXT,
    closed_by_id INTEGER REFERENCES users,
    merge_commit_sha TEXT,
    squash_commit_sha TEXT,
    squash INTEGER NOT NULL DEFAULT 0,
    should_remove_source_branch INTEGER,
    force_remove_source_branch INTEGER,
    discussion_locked INTEGER,
    milestone_id INTEGER REFERENCES milestones ON DELETE SET NULL,
    allow_collaboration INTEGER NOT NULL DEFAULT 0,
    merge_after TEXT,
    merge_error TEXT,
    auto_merge TEXT,                       -- JSON, while an automatic merge is armed
    UNIQUE (project_id, iid)
);
CREATE INDEX IF NOT EXISTS merge_requests_by_source ON merge_requests (source_project_id, source_branch, state);

CREATE TABLE IF NOT EXISTS merge_request_assignees (
    merge_request_id INTEGER NOT NULL REFERENCES merge_requests ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users,
    PRIMARY KEY (merge_request_id, user_id)
);

CREATE TABLE IF NOT EXISTS merge_request_reviewers (
    merge_request_id INTEGER NOT NULL REFERENCES merge_requests ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users,
    state TEXT NOT NULL DEFAULT 'unreviewed',
    created_at TEXT NOT NULL,
    PRIMARY KEY (merge_request_id, user_id)
);

CREATE TABLE IF NOT EXISTS merge_request_labels (
    merge_request_id INTEGER NOT NULL REFERENCES merge_requests ON DELETE CASCADE,
    label_id INTEGER NOT NULL REFERENCES labels ON DELETE CASCADE,
    PRIMARY KEY (merge_request_id, label_id)
);

CREATE TABLE IF NOT EXISTS approvals (
    merge_request_id INTEGER NOT NULL REFERENCES merge_requests ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users,
    created_at TEXT NOT NULL,
    PRIMARY KEY (merge_request_id, user_id)
);

-- GitLab calls a version merge_request_diff; shas are NULL where the branch was not there
CREATE TABLE IF NOT EXISTS merge_request_diffs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    merge_request_id INTEGER NOT NULL REFERENCES merge_requests ON DELETE CASCADE,
    base_commit_sha TEXT,
    start_commit_sha TEXT,
    head_commit_sha TEXT,
    state TEXT NOT NULL,              -- collected | empty | without_files
    real_size TEXT,
    commits TEXT NOT NULL,            -- shas separated by blanks, newest first
    created_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS merge_request_diffs_by_owner ON merge_request_diffs (merge_request_id);

CREATE TABLE IF NOT EXISTS notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    merge_request_id INTEGER NOT NULL REFERENCES merge_requests ON DELETE CASCADE,
    discussion_id TEXT NOT NULL,
    type TEXT,                        -- NULL (an individual note) | DiscussionNote | DiffNote
    body TEXT NOT NULL,
    author_id INTEGER NOT NULL REFERENCES users,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    system INTEGER NOT NULL DEFAULT 0,
    internal INTEGER NOT NULL DEFAULT 0,
    commit_id TEXT,
    position TEXT,                    -- JSON, as are the next two
    original_position TEXT,
    change_position TEXT,
    line_code TEXT,
    resolved_at TEXT,
    resolved_by_id INTEGER REFERENCES users
);
CREATE INDEX IF NOT EXISTS notes_by_owner ON notes (merge_request_id, discussion_id);

-- on a merge request or on a note: one of the two
CREATE TABLE IF NOT EXISTS award_emoji (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    merge_request_id INTEGER REFERENCES merge_requests ON DELETE CASCADE,
    note_id INTEGER REFERENCES notes ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS award_emoji_by_merge_request ON award_emoji (merge_request_id);
CREATE INDEX IF NOT EXISTS award_emoji_by_note ON award_emoji (note_id);

CREATE TABLE IF NOT EXISTS subscriptions (
    merge_request_id INTEGER NOT NULL REFERENCES merge_requests ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users,
    subscribed INTEGER NOT NULL,
    PRIMARY KEY (merge_request_id, user_id)
);
"""
