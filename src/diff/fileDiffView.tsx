import * as React from 'react';

import { useTrans } from '../api/context';
import { Button, EmptyState } from '../components';
import { BinaryView } from './binaryView';
import { showHelp } from './help';
import type { ICellJump } from './jump';
import type { IDiffLayer } from './layer';
import { copyCode, useNavigation } from './navigation';
import { NotebookView } from './notebookView';
import { ScreenProvider } from './screen/screen';
import { ChangeOptionsProvider, useChangeOptions } from './settings';
import { TextView } from './textView';
import type { FileDiff, IDiffOptions } from './types';

export interface IFileDiffViewProps {
  folder: string;
  diff: FileDiff;
  options: IDiffOptions;
  /** Lets parts of the view change them. */
  onOptions?: (options: IDiffOptions) => void;
  /** Threads and comment boxes; null where nothing can be commented. */
  layer?: IDiffLayer | null;
  /** A cell to bring the reader to. */
  jump?: ICellJump | null;
}

/** The one diff view: a notebook cell by cell, a text line by line, a picture side by side. Scrolls by itself. */
export function FileDiffView(props: IFileDiffViewProps): React.JSX.Element {
  const trans = useTrans();
  const { diff, options, onOptions, folder, layer = null } = props;
  const [scroller, setScroller] = React.useState<HTMLElement | null>(null);
  const onHelp = React.useCallback(
    () => void showHelp(trans, layer !== null),
    [trans, layer]
  );
  const { onKeyDown } = useNavigation(onHelp);
  const change = React.useCallback(
    (part: Partial<IDiffOptions>) => onOptions?.({ ...options, ...part }),
    [options, onOptions]
  );
  React.useEffect(() => {
    // The tab was given the focus before there was a diff in it: its keys must work at once.
    const focused = document.activeElement;
    if (focused !== document.body && focused?.contains(scroller)) {
      scroller?.focus({ preventScroll: true });
    }
  }, [scroller]);
  const path = (diff.new ?? diff.old)?.path.display ?? '';
  const onlyBlanks =
    !options.whitespace &&
    diff.type === 'text' &&
    !diff.equal &&
    !diff.truncated &&
    diff.rows.every(row => row.kind === 'same');
  return (
    <div
      ref={setScroller}
      className="jp-gitlab-Diff"
      role="region"
      aria-label={trans.__('Changes of %1. Press ? for keys.', path)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onCopy={copyCode}
      onMouseDown={keepToSide}
    >
      {scroller && (
        <ScreenProvider root={scroller}>
          <ChangeOptionsProvider value={change}>
            {diff.equal && <EqualFace diff={diff} />}
            {onlyBlanks && <OnlyBlanksFace />}
            {diff.type === 'notebook' ? (
              <NotebookView
                folder={folder}
                diff={diff}
                options={options}
                layer={layer}
                jump={props.jump ?? null}
              />
            ) : diff.equal || onlyBlanks ? null : diff.type === 'text' ? (
              <TextView diff={diff} options={options} layer={layer} />
            ) : (
              <BinaryView folder={folder} diff={diff} options={options} />
            )}
            {layer?.end}
          </ChangeOptionsProvider>
        </ScreenProvider>
      )}
    </div>
  );
}

function EqualFace(props: { diff: FileDiff }): React.JSX.Element {
  const trans = useTrans();
  const { old, new: now } = props.diff;
  const renamed = old && now && old.path.id !== now.path.id;
  return (
    <EmptyState title={trans.__('No changes')}>
      {renamed
        ? trans.__(
            'Renamed from %1, the contents are the same.',
            old.path.display
          )
        : trans.__('Both versions are the same.')}
    </EmptyState>
  );
}

/** A text of which nothing is left when blanks don't count. */
function OnlyBlanksFace(): React.JSX.Element {
  const trans = useTrans();
  const change = useChangeOptions();
  return (
    <EmptyState
      title={trans.__('Only white space has changed')}
      actions={
        <Button onClick={() => change({ whitespace: true })}>
          {trans.__('Show changes in white space')}
        </Button>
      }
    >
      {trans.__('Such changes are left out, as chosen under “Show”.')}
    </EmptyState>
  );
}

/** In split mode a selection stays on the side where it began. */
function keepToSide(event: React.MouseEvent<HTMLElement>): void {
  const side = (event.target as HTMLElement)
    .closest('td[data-side]')
    ?.getAttribute('data-side');
  if (side) {
    event.currentTarget.setAttribute('data-selecting', side);
  } else {
    event.currentTarget.removeAttribute('data-selecting');
  }
}
