/** Pixels ahead of the visible part within which things are made. */
const AHEAD = 1000;

type Listener = (near: boolean) => void;

/** Tells of elements whether they are near the visible part of what scrolls. One observer for all of them. */
export class Nearness {
  /** `root`: the element that scrolls; null: the window. */
  constructor(root: HTMLElement | null) {
    this._observer = new IntersectionObserver(
      entries => {
        // Only the newest word on each element counts.
        for (const [target, near] of new Map(
          entries.map(entry => [entry.target, entry.isIntersecting])
        )) {
          this._listeners.get(target)?.(near);
        }
      },
      { root, rootMargin: `${AHEAD}px 0px` }
    );
  }

  /** Whether the browser can tell at all. */
  static readonly isSupported = (): boolean =>
    typeof IntersectionObserver !== 'undefined';

  /** Calls back at once and on every change, until the returned function is called. */
  observe(element: Element, listener: Listener): () => void {
    this._listeners.set(element, listener);
    this._observer.observe(element);
    return () => {
      this._listeners.delete(element);
      this._observer.unobserve(element);
    };
  }

  dispose(): void {
    this._observer.disconnect();
    this._listeners.clear();
  }

  private _observer: IntersectionObserver;
  private _listeners = new Map<Element, Listener>();
}
