import * as React from 'react';

import type {
  IThreadsOf,
  NewCellPosition,
  NewPosition,
  SendMode
} from './types';

const PREFIX = 'jupyterlab-gitlab-workflow:comment:';

/** Some lines of a file, a cell, or an output. */
export type PlacedTarget =
  | { kind: 'line'; position: NewPosition }
  | { kind: 'cell'; position: NewCellPosition };

/**
 * What a text is for: a place in a file, a reply to a thread, the merge request as a whole, what is said at the end of a
 * review, or another text for a note or for a pending comment.
 */
export type DraftTarget =
  | PlacedTarget
  | { kind: 'general' }
  | { kind: 'summary' }
  | { kind: 'reply'; discussionId: string }
  | { kind: 'note'; noteId: number; discussionId: string }
  | { kind: 'pending'; id: number };

/** Tries to send a text of which it is not known what became: GitLab is asked for them before it is sent again. */
export interface ITried {
  mode: SendMode;
  /** The newest note (or pending comment, as the mode says) when the first of them was made. */
  known: number;
  /** The text as each of them sent it. */
  bodies: readonly string[];
}

/** Typed text that GitLab doesn't have yet. */
export interface IDraft {
  body: string;
  target: DraftTarget;
  tried?: ITried;
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
    const tried = this.tried(target);
    this._keep(
      target,
      body === '' ? null : { body, target, ...(tried && { tried }) }
    );
  }

  /** The tries to send the text of which it is not known what became, null for none. */
  tried(target: DraftTarget): ITried | null {
    return this._drafts.get(targetKey(target))?.tried ?? null;
  }

  /** Remembers that the text is being sent, also across a reload; null: it is known what became of it. */
  setTried(target: DraftTarget, tried: ITried | null): void {
    const body = this.get(target);
    if (body !== '') {
      this._keep(target, { body, target, ...(tried && { tried }) });
    }
  }

  /** Puts text before what is there, and into the box that shows it. */
  write(target: DraftTarget, text: string): void {
    const body = text + this.get(target);
    this.set(target, body);
    this._writing.get(targetKey(target))?.forEach(write => write(body));
  }

  /** Has `write` called with the whole text of a target (by its key) when something was put before it. */
  onWritten(key: string, write: (body: string) => void): () => void {
    const boxes = this._writing.get(key) ?? new Set();
    this._writing.set(key, boxes.add(write));
    return () => boxes.delete(write);
  }

  /** The places of files on which there is text; the same array for as long as none comes or goes. */
  readonly placed = (): readonly PlacedTarget[] => {
    if (this._placed === null) {
      this._placed = [];
      for (const { target } of this._drafts.values()) {
        if (target.kind === 'line' || target.kind === 'cell') {
          this._placed.push(target);
        }
      }
    }
    return this._placed;
  };

  /** Called when a draft comes or goes; not for every letter. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this._listeners.add(listener);
    return () => this._listeners.delete(listener);
  };

  private _keep(target: DraftTarget, draft: IDraft | null): void {
    const key = targetKey(target);
    const had = this._drafts.has(key);
    if (draft === null) {
      this._drafts.delete(key);
    } else {
      this._drafts.set(key, draft);
    }
    try {
      if (draft === null) {
        this._storage?.removeItem(this._prefix + key);
      } else {
        this._storage?.setItem(this._prefix + key, JSON.stringify(draft));
      }
    } catch {
      // Storage may be full or forbidden: the text then lives as long as the page.
    }
    if (had !== this._drafts.has(key)) {
      this._placed = null;
      this._listeners.forEach(listener => listener());
    }
  }

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
  private _placed: PlacedTarget[] | null = null;
  private _listeners = new Set<() => void>();
  private _writing = new Map<string, Set<(body: string) => void>>();
}

/** The same for the same target. */
export function targetKey(target: DraftTarget): string {
  switch (target.kind) {
    case 'general':
    case 'summary':
      return target.kind;
    case 'reply':
      return `reply:${target.discussionId}`;
    case 'note':
      return `note:${target.noteId}`;
    case 'pending':
      return `pending:${target.id}`;
    case 'cell': {
      const { head_sha, new_path, side, index, output } = target.position;
      return `cell:${head_sha}:${new_path}:${side}:${index}:${output ?? ''}`;
    }
    default: {
      const { head_sha, new_path, start } = target.position;
      const lines = linesKey(target.position);
      return `line:${head_sha}:${new_path}:${lines}${start ? `:from:${linesKey(start)}` : ''}`;
    }
  }
}

function linesKey(lines: {
  old_line?: number | null;
  new_line?: number | null;
}): string {
  return `${lines.old_line ?? ''}:${lines.new_line ?? ''}`;
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

/** The places with typed text, kept up to date. */
export function usePlacedDrafts(drafts: Drafts): readonly PlacedTarget[] {
  return React.useSyncExternalStore(drafts.subscribe, drafts.placed);
}
