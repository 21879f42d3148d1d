/** Pixels above which pictures are compared at a smaller size. */
const MOST_PIXELS = 4_000_000;

/** Difference of a channel, of 255, below which two pixels count as the same: compression changes as much. */
const TOLERANCE = 8;

/** Colours of changed pixels: strong in both themes, with red and green blindness too. */
const CHANGED = [214, 0, 147];

/** What share of the pixels differs, from 0 to 1; those that only one picture has do. Draws where onto the canvas. */
export function drawDifference(
  canvas: HTMLCanvasElement,
  old: HTMLImageElement,
  now: HTMLImageElement
): number {
  const fullWidth = Math.max(old.naturalWidth, now.naturalWidth);
  const fullHeight = Math.max(old.naturalHeight, now.naturalHeight);
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (fullWidth * fullHeight)));
  const width = Math.max(1, Math.round(fullWidth * scale));
  const height = Math.max(1, Math.round(fullHeight * scale));
  const before = pixels(old, width, height, scale);
  const after = pixels(now, width, height, scale);
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) {
    return 0;
  }
  const result = context.createImageData(width, height);
  const count = compare(before, after, result.data);
  context.putImageData(result, 0, 0);
  return count / (width * height);
}

function pixels(
  image: HTMLImageElement,
  width: number,
  height: number,
  scale: number
): Uint8ClampedArray {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(
    image,
    0,
    0,
    Math.round(image.naturalWidth * scale),
    Math.round(image.naturalHeight * scale)
  );
  return (
    context?.getImageData(0, 0, width, height).data ??
    new Uint8ClampedArray(4 * width * height)
  );
}

/** Changed pixels in one colour over a faint copy of the new picture. Returns how many there are. */
export function compare(
  before: Uint8ClampedArray,
  after: Uint8ClampedArray,
  result: Uint8ClampedArray
): number {
  let count = 0;
  for (let at = 0; at < result.length; at += 4) {
    const differs =
      Math.abs(before[at] - after[at]) > TOLERANCE ||
      Math.abs(before[at + 1] - after[at + 1]) > TOLERANCE ||
      Math.abs(before[at + 2] - after[at + 2]) > TOLERANCE ||
      Math.abs(before[at + 3] - after[at + 3]) > TOLERANCE;
    if (differs) {
      count++;
      result.set(CHANGED, at);
    } else {
      const grey =
        (0.299 * after[at] + 0.587 * after[at + 1] + 0.114 * after[at + 2]) *
          (after[at + 3] / 255) +
        (255 - after[at + 3]);
      result.fill(255 - (255 - grey) * 0.25, at, at + 3);
    }
    result[at + 3] = 255;
  }
  return count;
}
