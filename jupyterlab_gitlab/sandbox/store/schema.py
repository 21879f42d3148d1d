"""The tables that belong to no single resource module's own SCHEMA fragment: people, places and projects."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    username TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE COLLATE NOCASE,
    state TEXT NOT NULL DEFAULT 'active',  -- active | blocked | banned | deleted
    admin INTEGER NOT NULL DEFAULT 0,
    bio TEXT NOT NULL DEFAULT '',
    avatar TEXT,                      -- name of the picture, NULL for none
    bot INTEGER NOT NULL DEFAULT 0,   -- belongs to a project's access token
    created_at TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS personal_access_tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    name TEXT NOT NULL,
    description TEXT,
    token TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,             -- space separated
    expires_at TEXT,                  -- YYYY-MM-DD
    revoked INTEGER NOT NULL DEFAULT 0,
    announced INTEGER NOT NULL DEFAULT 0,  -- printed at start, for whoever drives the sandbox
    impersonation INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    last_used_at TEXT
);

-- groups, and the personal namespace of each user: one id space, as in GitLab
CREATE TABLE IF NOT EXISTS namespaces (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,               -- user | group
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    full_path TEXT NOT NULL UNIQUE COLLATE NOCASE,
    parent_id INTEGER REFERENCES namespaces ON DELETE CASCADE,
    owner_id INTEGER REFERENCES users ON DELETE CASCADE,
    description TEXT NOT NULL DEFAULT '',
    visibility TEXT NOT NULL DEFAULT 'private',
    created_at TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS projects (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    namespace_id INTEGER NOT NULL REFERENCES namespaces ON DELETE CASCADE,
    name TEXT NOT NULL,
    path TEXT NOT NULL COLLATE NOCASE,
    description TEXT,
    visibility TEXT NOT NULL DEFAULT 'private',
    default_branch TEXT,              -- NULL until the first push
    creator_id INTEGER NOT NULL REFERENCES users,
    forked_from_id INTEGER REFERENCES projects ON DELETE SET NULL,
    settings TEXT NOT NULL DEFAULT '{}',   -- JSON, what projects.settings lists
    marked_for_deletion_on TEXT,
    avatar TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    last_activity_at TEXT NOT NULL,
    UNIQUE (namespace_id, path)
);

CREATE TABLE IF NOT EXISTS members (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    namespace_id INTEGER REFERENCES namespaces ON DELETE CASCADE,   -- one of these two
    project_id INTEGER REFERENCES projects ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    access_level INTEGER NOT NULL,
    expires_at TEXT,
    created_by_id INTEGER REFERENCES users ON DELETE SET NULL,
    created_at TEXT NOT NULL,
    UNIQUE (namespace_id, user_id),
    UNIQUE (project_id, user_id)
);

CREATE TABLE IF NOT EXISTS protected_branches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
    name TEXT NOT NULL,               -- may hold * wildcards
    push_access_level INTEGER NOT NULL DEFAULT 40,
    merge_access_level INTEGER NOT NULL DEFAULT 40,
    allow_force_push INTEGER NOT NULL DEFAULT 0,
    UNIQUE (project_id, name)
);

CREATE TABLE IF NOT EXISTS labels (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER REFERENCES projects ON DELETE CASCADE,
    name TEXT NOT NULL,
    color TEXT NOT NULL,
    description TEXT,
    priority INTEGER,
    UNIQUE (project_id, name)
);

CREATE TABLE IF NOT EXISTS milestones (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    iid INTEGER NOT NULL,
    project_id INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
    title TEXT NOT NULL,
    description TEXT,
    state TEXT NOT NULL DEFAULT 'active',
    start_date TEXT,
    due_date TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (project_id, iid),
    UNIQUE (project_id, title)
);
"""
