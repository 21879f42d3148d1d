/** Differences that are looked for before the rest counts as changed; the work grows with their square. */
const MOST_DIFFERENCES = 400;

/**
 * Pairs of equal items [place in `a`, place in `b`], rising in both: as many as there can be, or, where the two differ in
 * more than a few hundred items, those of their common start and end only.
 *
 * The greedy algorithm of Myers, "An O(ND) Difference Algorithm and Its Variations", 1986.
 */
export function commonItems(
  a: readonly string[],
  b: readonly string[]
): [number, number][] {
  let start = 0;
  const shorter = Math.min(a.length, b.length);
  while (start < shorter && a[start] === b[start]) {
    start++;
  }
  let end = 0;
  while (
    end < shorter - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  ) {
    end++;
  }
  const pairs: [number, number][] = [];
  for (let i = 0; i < start; i++) {
    pairs.push([i, i]);
  }
  pairs.push(
    ...between(
      a.slice(start, a.length - end),
      b.slice(start, b.length - end)
    ).map(([i, j]): [number, number] => [i + start, j + start])
  );
  for (let i = end; i > 0; i--) {
    pairs.push([a.length - i, b.length - i]);
  }
  return pairs;
}

function between(
  a: readonly string[],
  b: readonly string[]
): [number, number][] {
  if (a.length === 0 || b.length === 0) {
    return [];
  }
  const most = Math.min(a.length + b.length, MOST_DIFFERENCES);
  // The furthest place in `a` on each diagonal (place in `a` minus place in `b`), by number of differences.
  const furthest = new Int32Array(2 * most + 3);
  const traces: Int32Array[] = [];
  for (let count = 0; count <= most; count++) {
    traces.push(furthest.slice());
    for (let k = -count; k <= count; k += 2) {
      const at = k + most + 1;
      let i =
        k === -count || (k !== count && furthest[at - 1] < furthest[at + 1])
          ? furthest[at + 1]
          : furthest[at - 1] + 1;
      while (i < a.length && i - k < b.length && a[i] === b[i - k]) {
        i++;
      }
      furthest[at] = i;
      if (i >= a.length && i - k >= b.length) {
        return walkBack(traces, a.length, b.length, most);
      }
    }
  }
  return [];
}

function walkBack(
  traces: readonly Int32Array[],
  length: number,
  otherLength: number,
  most: number
): [number, number][] {
  const pairs: [number, number][] = [];
  let i = length;
  let j = otherLength;
  for (let count = traces.length - 1; count >= 0; count--) {
    const furthest = traces[count];
    const k = i - j;
    const at = k + most + 1;
    const down =
      k === -count || (k !== count && furthest[at - 1] < furthest[at + 1]);
    const fromK = down ? k + 1 : k - 1;
    const fromI = count === 0 ? 0 : furthest[fromK + most + 1];
    const fromJ = count === 0 ? 0 : fromI - fromK;
    while (i > fromI && j > fromJ) {
      pairs.push([--i, --j]);
    }
    i = fromI;
    j = fromJ;
  }
  return pairs.reverse();
}
