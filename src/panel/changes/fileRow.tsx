import {
  caretDownIcon,
  caretRightIcon,
  undoIcon
} from '@jupyterlab/ui-components';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { useChangeSummary } from '../../api/queries';
import {
  Badge,
  Checkbox,
  IconButton,
  LineCounts,
  openContextMenu,
  type MenuEntry
} from '../../components';
import { warningIcon } from '../../icons';
import { CommandIDs } from '../../tokens';
import { discard, setTicked } from '../actions';
import { tick } from '../actions/changes';
import { useServices } from '../context';
import type { IServices } from '../services';
import { CellRows } from './cellRows';
import { useOnScreen } from './onScreen';
import { fileSize, notebookWords, statusWord } from './words';

type ChangedFile = Schemas['ChangedFile'];

/** Opens the diff between the last commit and the work tree, at a cell of the work tree if one is given. */
function openWorkTreeDiff(
  services: IServices,
  folder: string,
  file: ChangedFile,
  cell: number | null = null
): void {
  const isNew = file.status === 'untracked' || file.status === 'added';
  void services.app.commands.execute(CommandIDs.openDiff, {
    folder,
    old: isNew ? 'EMPTY' : 'HEAD',
    new: file.status === 'deleted' ? 'EMPTY' : 'WORKTREE',
    old_path: (file.old_path ?? file.path).id,
    new_path: file.path.id,
    ...(cell !== null && { cell_index: cell })
  });
}

/** One changed file: ticked or not, and in a few words what changed. */
export function FileRow(props: {
  folder: string;
  file: ChangedFile;
}): React.JSX.Element {
  const { folder, file } = props;
  const services = useServices();
  const trans = useTrans();
  const [open, setOpen] = React.useState(false);
  const [ref, onScreen] = useOnScreen<HTMLDivElement>();
  const summary = useChangeSummary(
    folder,
    file,
    onScreen && !file.submodule && file.conflict === null
  );
  const ticked = tick(file);
  const expandable = file.notebook && file.conflict === null;

  return (
    <div role="listitem" className="jp-gitlab-FileRow" ref={ref}>
      <div
        className="jp-gitlab-Row"
        onContextMenu={event =>
          openContextMenu(event, rowEntries(services, folder, file))
        }
      >
        <Checkbox
          checked={ticked}
          disabled={file.conflict !== null}
          label={trans.__('Commit %1', file.path.display)}
          title={
            file.conflict !== null
              ? trans.__('Resolve the conflict first.')
              : ticked === 'mixed'
                ? trans.__(
                    'Ticked, and changed again since. Click to take the newest version.'
                  )
                : undefined
          }
          onChange={wanted => void setTicked(services, [file.path.id], wanted)}
        />
        {expandable ? (
          <button
            type="button"
            className="jp-gitlab-Caret"
            aria-expanded={open}
            aria-label={
              open
                ? trans.__('Hide the cells of %1', file.path.display)
                : trans.__('Show the cells of %1', file.path.display)
            }
            onClick={() => setOpen(!open)}
          >
            {open ? (
              <caretDownIcon.react tag="span" />
            ) : (
              <caretRightIcon.react tag="span" />
            )}
          </button>
        ) : (
          <span className="jp-gitlab-Caret" aria-hidden="true" />
        )}
        <button
          type="button"
          className="jp-gitlab-Row-name"
          title={rowTitle(file)}
          disabled={file.submodule}
          onClick={() => openWorkTreeDiff(services, folder, file)}
          onKeyDown={event => {
            if (expandable && event.key === 'ArrowRight') {
              setOpen(true);
            } else if (event.key === 'ArrowLeft') {
              setOpen(false);
            }
          }}
        >
          <FileName display={file.path.display} />
        </button>
        <RowMeta file={file} summary={summary.data} />
        <IconButton
          className="jp-gitlab-Row-action"
          icon={undoIcon}
          label={trans.__('Discard the changes in %1', file.path.display)}
          disabled={file.submodule || file.conflict !== null}
          onClick={() => void discard(services, [file])}
        />
      </div>
      {open && (
        <CellRows
          summary={summary}
          onOpen={({ index }) =>
            openWorkTreeDiff(services, folder, file, index)
          }
        />
      )}
    </div>
  );
}

function rowTitle(file: ChangedFile): string {
  return file.old_path
    ? `${file.old_path.display} → ${file.path.display}`
    : file.path.display;
}

/** The name in front, its folder dimmed behind: the name must stay readable in a narrow panel. */
function FileName(props: { display: string }): React.JSX.Element {
  const slash = props.display.lastIndexOf('/');
  return (
    <>
      <span className="jp-gitlab-Row-base">
        {props.display.slice(slash + 1)}
      </span>
      {slash > 0 && (
        <span className="jp-gitlab-Row-folder">
          <span>{props.display.slice(0, slash)}</span>
        </span>
      )}
    </>
  );
}

function RowMeta(props: {
  file: ChangedFile;
  summary: Schemas['ChangeSummary'] | undefined;
}): React.JSX.Element {
  const { file, summary } = props;
  const trans = useTrans();
  const word = statusWord(file, trans);
  return (
    <span className="jp-gitlab-Row-meta">
      {file.large && (
        <span
          className="jp-gitlab-LargeFile"
          title={trans.__(
            'A large file stays in the history of the repository for good. Consider Git LFS or keeping it out.'
          )}
        >
          <warningIcon.react tag="span" />
          {file.size === null ? trans.__('large') : fileSize(file.size)}
        </span>
      )}
      {file.submodule && <Badge>{trans.__('submodule')}</Badge>}
      {word && (
        <Badge tone={file.conflict !== null ? 'danger' : 'neutral'}>
          {word}
        </Badge>
      )}
      {summary &&
        file.status !== 'deleted' &&
        !file.large &&
        (summary.notebook ? (
          <span className="jp-gitlab-muted">
            {notebookWords(summary, trans)}
          </span>
        ) : (
          <LineCounts added={summary.added} removed={summary.removed} />
        ))}
    </span>
  );
}

function rowEntries(
  services: IServices,
  folder: string,
  file: ChangedFile
): MenuEntry[] {
  const { app, docManager, trans } = services;
  const contentsPath = file.path.contents_path;
  return [
    {
      label: trans.__('Show what changed'),
      enabled: !file.submodule,
      execute: () => openWorkTreeDiff(services, folder, file)
    },
    {
      label: trans.__('Open file'),
      enabled:
        contentsPath !== null && !file.submodule && file.status !== 'deleted',
      execute: () => {
        if (contentsPath !== null) {
          docManager.openOrReveal(contentsPath);
        }
      }
    },
    {
      label: trans.__('History of the file'),
      // Under the name that the commits know.
      enabled: !file.submodule && file.status !== 'untracked',
      execute: () =>
        void app.commands.execute(CommandIDs.fileHistory, {
          folder,
          path_id: (file.old_path ?? file.path).id
        })
    },
    'separator',
    {
      label: trans.__('Tick for the commit'),
      enabled: tick(file) !== true && file.conflict === null,
      execute: () => void setTicked(services, [file.path.id], true)
    },
    {
      label: trans.__('Untick'),
      enabled: tick(file) !== false && file.conflict === null,
      execute: () => void setTicked(services, [file.path.id], false)
    },
    'separator',
    {
      label: trans.__('Discard changes…'),
      enabled: !file.submodule && file.conflict === null,
      execute: () => void discard(services, [file])
    },
    {
      label: trans.__('Show in file browser'),
      enabled: contentsPath !== null,
      execute: () =>
        void app.commands.execute('docmanager:show-in-file-browser', {
          path: contentsPath
        })
    }
  ];
}
