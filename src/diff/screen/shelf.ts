/** Bytes of outputs that stay on the page after they have been scrolled away. */
const ROOM = 6_000_000;

/** What an output costs at least, in bytes: its elements are larger than its text. */
const LEAST = 100_000;

/** Something on the page that can be taken away and made again. */
export interface IShelved {
  /** Bytes, roughly. */
  size: number;
  /** Takes it off the page. */
  drop: () => void;
}

/** Keeps what has been scrolled away for a while, so that the page does not grow while it is scrolled. */
export class Shelf {
  /** It is near the screen: it stays. */
  take(item: IShelved): void {
    if (this._items.delete(item)) {
      this._size -= cost(item);
    }
  }

  /** It has been scrolled away: it goes when there are too many, the one that has been away for longest first. */
  put(item: IShelved): void {
    this.take(item);
    this._items.add(item);
    this._size += cost(item);
    for (const oldest of this._items) {
      if (this._size <= ROOM) {
        return;
      }
      this.take(oldest);
      oldest.drop();
    }
  }

  private _items = new Set<IShelved>();
  private _size = 0;
}

function cost(item: IShelved): number {
  return Math.max(item.size, LEAST);
}
