import { PathExt } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { IOpenDiffArgs } from './args';
import { displayPath } from './words';

/** UTF-16 code units of each side's name in a tab: branches may have very long ones. */
const MAX_SIDE = 20;

/** What the tab of a comparison is called: the file, and what is compared. */
export function tabTitle(
  args: IOpenDiffArgs,
  trans: TranslationBundle
): { label: string; caption: string } {
  const path = displayPath(args.newPath);
  const name = PathExt.basename(path);
  const sides = args.label.split(' → ').map(shortened).join(' → ');
  return {
    label:
      args.label === ''
        ? trans.__('%1 (diff)', name)
        : // Two files: the second one is the name.
          args.label.endsWith(` → ${name}`)
          ? sides
          : trans.__('%1 (%2)', name, sides),
    caption: [path, args.label].filter(part => part).join('\n')
  };
}

/** What tells names apart is mostly at their ends. */
function shortened(name: string): string {
  const half = MAX_SIDE / 2;
  return name.length > MAX_SIDE
    ? `${name.slice(0, half - 1)}…${name.slice(-half)}`
    : name;
}
