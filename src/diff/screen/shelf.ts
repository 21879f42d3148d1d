/** Bytes that stay on the page after they have been scrolled away. */
const ROOM = 6_000_000;

/** Something on the page that can be taken away and made again. */
export interface IShelved {
  /** Bytes that it takes on the page, roughly. */
  size: number;
  /** Whether it must not go now. */
  isHeld: () => boolean;
  /** Takes it off the page. */
  drop: () => void;
}

/** Keeps what has been scrolled away for a while, so that the page does not grow while it is scrolled. */
export class Shelf {
  /** It is near the screen: it stays. */
  take(item: IShelved): void {
    if (this._items.delete(item)) {
      this._size -= item.size;
    }
  }

  /** It has been scrolled away: it goes when there are too many, the one that has been away for longest first. */
  put(item: IShelved): void {
    this.take(item);
    this._items.add(item);
    this._size += item.size;
    for (const oldest of [...this._items]) {
      if (this._size <= ROOM) {
        return;
      }
      if (!oldest.isHeld()) {
        this.take(oldest);
        oldest.drop();
      }
    }
  }

  private _items = new Set<IShelved>();
  private _size = 0;
}
