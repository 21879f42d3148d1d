/** Milliseconds of work before the page gets a chance to draw and to take input. */
const SLICE = 10;

/** Milliseconds to wait for idle time where the browser does not tell of it. */
const NO_IDLE = 200;

/** Lines that are made in idle time: beyond that the page would hold too much. */
const IDLE_LINES = 500;

/** Takes a task back that has not been done. */
export type Cancel = () => void;

/** Does many small tasks one after the other, so that none of them together hold the page up. */
export class Pacer {
  /** Does the task as soon as the page has had a chance to draw, after those asked for before. */
  soon(task: () => void): Cancel {
    return add(this._soon, task, () => this._schedule());
  }

  /**
   * Does the task while nothing else is to be done.
   *
   * Tasks say how many lines they make; those beyond a bound are never done.
   */
  idle(task: () => void, lines: number): Cancel {
    if (lines > this._lines) {
      return () => undefined;
    }
    this._lines -= lines;
    return add(this._idle, task, () => this._scheduleIdle());
  }

  private _schedule(): void {
    if (!this._scheduled) {
      this._scheduled = true;
      setTimeout(() => {
        this._scheduled = false;
        const end = performance.now() + SLICE;
        run(this._soon, () => performance.now() < end);
        if (this._soon.size > 0) {
          this._schedule();
        }
      }, 0);
    }
  }

  private _scheduleIdle(): void {
    if (this._idleScheduled) {
      return;
    }
    this._idleScheduled = true;
    const work = (hasTime: () => boolean) => {
      this._idleScheduled = false;
      if (this._soon.size === 0) {
        run(this._idle, hasTime);
      }
      if (this._idle.size > 0) {
        this._scheduleIdle();
      }
    };
    if (typeof requestIdleCallback === 'function') {
      requestIdleCallback(deadline =>
        work(() => deadline.timeRemaining() > SLICE / 2)
      );
    } else {
      setTimeout(() => {
        const end = performance.now() + SLICE;
        work(() => performance.now() < end);
      }, NO_IDLE);
    }
  }

  private _soon = new Set<() => void>();
  private _idle = new Set<() => void>();
  private _lines = IDLE_LINES;
  private _scheduled = false;
  private _idleScheduled = false;
}

function add(
  queue: Set<() => void>,
  task: () => void,
  schedule: () => void
): Cancel {
  // The same function may be asked for twice.
  const entry = () => task();
  queue.add(entry);
  schedule();
  return () => queue.delete(entry);
}

function run(queue: Set<() => void>, hasTime: () => boolean): void {
  for (const task of queue) {
    queue.delete(task);
    task();
    if (!hasTime()) {
      return;
    }
  }
}
