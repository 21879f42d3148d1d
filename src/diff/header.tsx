import {
  caretDownEmptyThinIcon,
  caretUpEmptyThinIcon
} from '@jupyterlab/ui-components';
import * as React from 'react';

import { useTrans } from '../api/context';
import {
  Badge,
  IconButton,
  LineCounts,
  type MenuEntry,
  MoreButton
} from '../components';
import { goToChange } from './navigation';
import { OptionsBar } from './optionsBar';
import { useDiffServices } from './services';
import type { FileDiff, IDiffOptions } from './types';
import { summaryText } from './words';

export interface IDiffHeaderProps {
  path: string;
  /** Where the file was before; shown if it is another place. */
  oldPath: string | null;
  label?: string;
  diff: FileDiff | undefined;
  options: IDiffOptions;
  onOptions: (options: IDiffOptions) => void;
  /** What else belongs to the file where it is shown. */
  children?: React.ReactNode;
}

/** The head of a file's diff: which file, what happened to it, how it is shown. */
export function DiffHeader(props: IDiffHeaderProps): React.JSX.Element {
  const trans = useTrans();
  const { path, oldPath, label, diff } = props;
  const summary = diff
    ? summaryText(diff, props.options.whitespace, trans)
    : '';
  const other = oldPath !== null && oldPath !== path;
  // Two files that lie on the disk beside each other are no new name for one.
  const renamed = other && diff?.old?.revision !== 'CONTENTS';
  return (
    <div className="jp-gitlab-DiffHeader">
      <div className="jp-gitlab-DiffHeader-file">
        <h2
          className="jp-gitlab-DiffHeader-path"
          title={other ? `${oldPath} → ${path}` : path}
        >
          {other && (
            <span className="jp-gitlab-DiffHeader-old">{oldPath} → </span>
          )}
          <PathName path={path} />
        </h2>
        {renamed && <Badge>{trans.__('renamed')}</Badge>}
        {label && <span className="jp-gitlab-DiffHeader-label">{label}</span>}
        {diff?.type === 'text' && !diff.equal && (
          <TextCounts rows={diff.rows} />
        )}
        {summary && (
          <span className="jp-gitlab-DiffHeader-summary" title={summary}>
            {summary}
          </span>
        )}
      </div>
      <div className="jp-gitlab-DiffHeader-tools">
        <OptionsBar
          diff={diff}
          options={props.options}
          onChange={props.onOptions}
        />
        {diff && !diff.equal && diff.type !== 'binary' && (
          <span className="jp-gitlab-DiffHeader-steps">
            <IconButton
              icon={caretUpEmptyThinIcon}
              label={trans.__('Previous change (k)')}
              onClick={event => step(event.currentTarget, -1)}
            />
            <IconButton
              icon={caretDownEmptyThinIcon}
              label={trans.__('Next change (j)')}
              onClick={event => step(event.currentTarget, 1)}
            />
          </span>
        )}
        {props.children}
        {diff && <FileMenu diff={diff} />}
      </div>
    </div>
  );
}

/** The folder gives way first where there is no room for all of it. */
function PathName(props: { path: string }): React.JSX.Element {
  const slash = props.path.lastIndexOf('/') + 1;
  return (
    <>
      {slash > 0 && (
        <bdi className="jp-gitlab-DiffHeader-folder">
          {props.path.slice(0, slash)}
        </bdi>
      )}
      <bdi className="jp-gitlab-DiffHeader-name">{props.path.slice(slash)}</bdi>
    </>
  );
}

/** Goes to the next or previous change of the view below the head. */
function step(button: HTMLElement, by: 1 | -1): void {
  const view = button
    .closest('.jp-gitlab-DiffHeader')
    ?.parentElement?.querySelector<HTMLElement>('.jp-gitlab-Diff');
  if (view) {
    goToChange(view, by);
  }
}

/** What can be done with the file itself. */
function FileMenu(props: { diff: FileDiff }): React.JSX.Element | null {
  const trans = useTrans();
  const { files } = useDiffServices();
  const path = (props.diff.new ?? props.diff.old)?.path.contents_path ?? null;
  if (files === null || path === null) {
    return null;
  }
  const entries: MenuEntry[] = [
    {
      label: trans.__('Open the file'),
      enabled: props.diff.new !== null,
      execute: () => files.open(path)
    },
    {
      label: trans.__('History of the file'),
      execute: () => files.showHistory(path)
    }
  ];
  return (
    <MoreButton
      label={trans.__('More about the file')}
      entries={() => entries}
    />
  );
}

function TextCounts(props: {
  rows: readonly { kind: string }[];
}): React.JSX.Element {
  const count = (kind: string) =>
    props.rows.filter(row => row.kind === kind).length;
  return <LineCounts added={count('added')} removed={count('removed')} />;
}
