/** In place of `IntersectionObserver`: says what the test tells it to. */
export class FakeObserver {
  static latest: FakeObserver;

  constructor(private _callback: IntersectionObserverCallback) {
    FakeObserver.latest = this;
  }

  readonly watched = new Set<Element>();

  observe(element: Element): void {
    this.watched.add(element);
  }

  unobserve(element: Element): void {
    this.watched.delete(element);
  }

  disconnect(): void {
    this.watched.clear();
  }

  say(isIntersecting: boolean): void {
    this._callback(
      [...this.watched].map(
        target =>
          ({ target, isIntersecting }) as unknown as IntersectionObserverEntry
      ),
      this as unknown as IntersectionObserver
    );
  }
}
