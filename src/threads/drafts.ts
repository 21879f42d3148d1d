import * as React from 'react';

import type { IThreadsOf, NewPosition } from './types';

const PREFIX = 'jupyterlab-gitlab-workflow:comment:';

/** What a text is for: a reply to a thread, a line of a file, or the merge request as a whole. */
export type DraftTarget =
  | { kind: 'general' }
  | { kind: 'reply'; discussionId: string }
  | { kind: 'line'; position: NewPosition };

/** Typed text that GitLab doesn't have yet. */
export interface IDraft {
  body: string;
  target: DraftTarget;
}

/**
 * Keeps what is typed into comment boxes in the browser until GitLab has it, so that neither a reload nor a failure
 * loses a word. One entry a merge request and target.
 */
export class Drafts {
  constructor(of: IThreadsOf, storage: Storage | null = browserStorage()) {
    this._prefix = `${PREFIX}${of.projectUrl}!${of.iid}:`;
    this._storage = storage;
    for (const key of this._keys()) {
      const draft = parse(this._storage?.getItem(key) ?? null);
      if (draft) {
        this._drafts.set(targetKey(draft.target), draft);
      }
    }
  }

  get(target: DraftTarget): string {
    return this._drafts.get(targetKey(target))?.body ?? '';
  }

  /** Keeps the text; an empty one is forgotten. */
  set(target: DraftTarget, body: string): void {
    const key = targetKey(target);
    const had = this._drafts.has(key);
    if (body === '') {
      this._drafts.delete(key);
    } else {
      this._drafts.set(key, { body, target });
    }
    try {
      if (body === '') {
        this._storage?.removeItem(this._prefix + key);
      } else {
        this._storage?.setItem(
          this._prefix + key,
          JSON.stringify({ body, target })
        );
      }
    } catch {
      // Storage may be full or forbidden: the text then lives as long as the page.
    }
    if (had !== this._drafts.has(key)) {
      this._lines = null;
      this._listeners.forEach(listener => listener());
    }
  }

  /** The positions on which there is text; the same array for as long as none comes or goes. */
  readonly lines = (): readonly NewPosition[] => {
    if (this._lines === null) {
      this._lines = [];
      for (const { target } of this._drafts.values()) {
        if (target.kind === 'line') {
          this._lines.push(target.position);
        }
      }
    }
    return this._lines;
  };

  /** Called when a draft comes or goes; not for every letter. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this._listeners.add(listener);
    return () => this._listeners.delete(listener);
  };

  private _keys(): string[] {
    const keys: string[] = [];
    try {
      for (let i = 0; i < (this._storage?.length ?? 0); i++) {
        const key = this._storage?.key(i) ?? '';
        if (key.startsWith(this._prefix)) {
          keys.push(key);
        }
      }
    } catch {
      return [];
    }
    return keys;
  }

  private _prefix: string;
  private _storage: Storage | null;
  private _drafts = new Map<string, IDraft>();
  private _lines: NewPosition[] | null = null;
  private _listeners = new Set<() => void>();
}

/** The same for the same target. */
export function targetKey(target: DraftTarget): string {
  switch (target.kind) {
    case 'general':
      return 'general';
    case 'reply':
      return `reply:${target.discussionId}`;
    default: {
      const { head_sha, new_path, old_line, new_line } = target.position;
      return `line:${head_sha}:${new_path}:${old_line ?? ''}:${new_line ?? ''}`;
    }
  }
}

function parse(text: string | null): IDraft | null {
  try {
    const value = JSON.parse(text ?? 'null') as IDraft | null;
    return typeof value?.body === 'string' &&
      typeof value.target?.kind === 'string'
      ? value
      : null;
  } catch {
    return null;
  }
}

function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** The positions with typed text, kept up to date. */
export function useDraftLines(drafts: Drafts): readonly NewPosition[] {
  return React.useSyncExternalStore(drafts.subscribe, drafts.lines);
}
