import {
  caretDownIcon,
  caretRightIcon,
  searchIcon
} from '@jupyterlab/ui-components';
import * as React from 'react';

import { useTrans } from '../../api/context';
import { LineCounts, moveFocus } from '../../components';
import {
  fileTree,
  filterFiles,
  type IFolder,
  type IThreadCount,
  type MergeRequestFile
} from './files';

export interface IFileTreeProps {
  files: readonly MergeRequestFile[];
  /** Path id of the file that is shown. */
  chosen: string;
  counts: ReadonlyMap<string, IThreadCount>;
  /** Paths of the files that have changed since my last review; null: not told. */
  changed?: ReadonlySet<string> | null;
  /** Whether I have ticked the file off; absent where nothing can be. */
  isViewed?: (file: MergeRequestFile) => boolean;
  onChoose: (path: string) => void;
}

/** The changed files by folder, with a filter; arrow keys move between them. */
export function FileTree(props: IFileTreeProps): React.JSX.Element {
  const trans = useTrans();
  const [filter, setFilter] = React.useState('');
  const files = React.useMemo(
    () => filterFiles(props.files, filter),
    [props.files, filter]
  );
  const tree = React.useMemo(() => fileTree(files), [files]);
  return (
    <nav
      className="jp-gitlab-FileTree"
      aria-label={trans.__('Changed files')}
      onKeyDown={event => moveFocus(event, 'button')}
    >
      <label className="jp-gitlab-FileTree-filter">
        <searchIcon.react tag="span" />
        <input
          type="search"
          value={filter}
          placeholder={trans.__('Filter files')}
          aria-label={trans.__('Filter files')}
          onChange={event => setFilter(event.target.value)}
        />
      </label>
      {props.isViewed && (
        <p className="jp-gitlab-FileTree-progress" role="status">
          {trans.__(
            '%1 of %2 viewed',
            props.files.filter(props.isViewed).length,
            props.files.length
          )}
        </p>
      )}
      {files.length === 0 ? (
        <p className="jp-gitlab-FileTree-none">
          {trans.__('No file has “%1” in its path.', filter)}
        </p>
      ) : (
        <FolderList {...props} folder={tree} depth={0} />
      )}
    </nav>
  );
}

function FolderList(
  props: IFileTreeProps & { folder: IFolder; depth: number }
): React.JSX.Element {
  const { folder, depth } = props;
  return (
    <ul>
      {folder.folders.map(each => (
        <FolderItem key={each.path} {...props} folder={each} depth={depth} />
      ))}
      {folder.files.map(({ name, file }) => (
        <FileItem
          key={file.path.id}
          name={name}
          file={file}
          depth={depth}
          chosen={file.path.id === props.chosen}
          count={props.counts.get(file.path.id)}
          changed={props.changed?.has(file.path.id) ?? false}
          viewed={props.isViewed?.(file) ?? false}
          onChoose={props.onChoose}
        />
      ))}
    </ul>
  );
}

function FolderItem(
  props: IFileTreeProps & { folder: IFolder; depth: number }
): React.JSX.Element {
  const [open, setOpen] = React.useState(true);
  const Caret = open ? caretDownIcon : caretRightIcon;
  return (
    <li>
      <button
        type="button"
        className="jp-gitlab-FileTree-folder"
        style={indent(props.depth)}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Caret.react tag="span" />
        <span className="jp-gitlab-FileTree-name">{props.folder.name}</span>
      </button>
      {open && <FolderList {...props} depth={props.depth + 1} />}
    </li>
  );
}

/** Drawn again only if something of it changes: there may be hundreds. */
const FileItem = React.memo(function FileItem(props: {
  name: string;
  file: MergeRequestFile;
  depth: number;
  chosen: boolean;
  count: IThreadCount | undefined;
  changed: boolean;
  viewed: boolean;
  onChoose: (path: string) => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { file, chosen, count } = props;
  return (
    <li>
      <button
        type="button"
        className="jp-gitlab-FileTree-file"
        style={indent(props.depth)}
        aria-current={chosen ? 'true' : undefined}
        data-viewed={props.viewed || undefined}
        title={
          file.old_path && file.old_path.id !== file.path.id
            ? trans.__('%1 (was %2)', file.path.display, file.old_path.display)
            : file.path.display
        }
        onClick={() => props.onChoose(file.path.id)}
      >
        <StatusSign status={file.status} />
        <span className="jp-gitlab-FileTree-name">{props.name}</span>
        {count && count.all > 0 && (
          <span
            className="jp-gitlab-FileTree-threads"
            data-unresolved={count.unresolved > 0}
            role="img"
            aria-label={
              count.unresolved > 0
                ? trans._n(
                    '%1 unresolved thread',
                    '%1 unresolved threads',
                    count.unresolved
                  )
                : trans._n('%1 thread', '%1 threads', count.all)
            }
          >
            <CommentSign />
            {count.unresolved || count.all}
          </span>
        )}
        {props.changed && (
          <span
            className="jp-gitlab-FileTree-changed"
            role="img"
            aria-label={trans.__('changed since your last review')}
            title={trans.__('Changed since your last review')}
          />
        )}
        {props.viewed && (
          <span
            className="jp-gitlab-FileTree-viewed"
            role="img"
            aria-label={trans.__('viewed')}
            title={trans.__('Viewed')}
          >
            ✓
          </span>
        )}
        {!file.notebook && (
          <LineCounts added={file.additions} removed={file.deletions} />
        )}
      </button>
    </li>
  );
});

/** The comment icon as plain elements: a LabIcon parses its picture anew for each of hundreds of files. */
function CommentSign(): React.JSX.Element {
  return (
    <svg viewBox="0 0 16 16" fill="none" strokeWidth="1.3" aria-hidden="true">
      <path
        className="jp-icon3"
        stroke="#616161"
        strokeLinejoin="round"
        d="M2 3h12v8H7l-3 3v-3H2z"
      />
    </svg>
  );
}

/** A letter as git and other tools have it, its meaning for screen readers and in the tooltip. */
function StatusSign(props: {
  status: MergeRequestFile['status'];
}): React.JSX.Element {
  const trans = useTrans();
  const signs: Record<MergeRequestFile['status'], [string, string]> = {
    added: ['A', trans.__('added')],
    modified: ['M', trans.__('modified')],
    deleted: ['D', trans.__('deleted')],
    renamed: ['R', trans.__('renamed')],
    type_changed: ['T', trans.__('type changed')]
  };
  const [sign, word] = signs[props.status];
  return (
    <span
      className="jp-gitlab-FileTree-status"
      data-status={props.status}
      role="img"
      aria-label={word}
    >
      {sign}
    </span>
  );
}

function indent(depth: number): React.CSSProperties {
  return { paddingInlineStart: 8 + depth * 14 };
}
