import { type ISignal, Signal } from '@lumino/signaling';

/** Something the panel tells until it is dismissed: a failure, or what git and its hooks printed. */
export interface INotice {
  readonly id: number;
  readonly title: string;
  /** What was thrown; absent for mere output. */
  readonly error?: unknown;
  readonly output?: string;
  /** One way out, as a button. */
  readonly action?: { label: string; execute: () => void };
}

/** The notices of this page, newest first; an action replaces what its last run told. */
export class Notices {
  get all(): readonly INotice[] {
    return this._all;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  add(notice: Omit<INotice, 'id'>): void {
    this._all = [
      { ...notice, id: ++this._last },
      ...this._all.filter(other => other.title !== notice.title)
    ];
    this._changed.emit();
  }

  dismiss(id: number): void {
    this._all = this._all.filter(notice => notice.id !== id);
    this._changed.emit();
  }

  /** Forgets the failures: what was wrong has been overcome. */
  clear(title?: string): void {
    const kept = title
      ? this._all.filter(notice => notice.title !== title)
      : [];
    if (kept.length !== this._all.length) {
      this._all = kept;
      this._changed.emit();
    }
  }

  private _all: readonly INotice[] = [];
  private _last = 0;
  private _changed = new Signal<this, void>(this);
}

/** Shared by the panel, which shows them, and the actions, which make them. */
export const notices = new Notices();
