import * as React from 'react';

import { useTrans } from '../api/context';
import { LineCounts } from '../components';
import { OptionsBar } from './optionsBar';
import type { FileDiff, IDiffOptions } from './types';
import { summaryText } from './words';

/** The head of a file's diff: which file, what happened to it, how it is shown. */
export function DiffHeader(props: {
  path: string;
  /** Where the file was before; shown if it is another place. */
  oldPath: string | null;
  label?: string;
  diff: FileDiff | undefined;
  options: IDiffOptions;
  onOptions: (options: IDiffOptions) => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { path, oldPath, label, diff } = props;
  const summary = diff ? summaryText(diff, trans) : '';
  return (
    <header className="jp-gitlab-DiffHeader">
      <h2 className="jp-gitlab-DiffHeader-path" title={path}>
        {oldPath !== null && oldPath !== path && (
          <span className="jp-gitlab-muted">{oldPath} → </span>
        )}
        <bdi>{path}</bdi>
      </h2>
      {label && <span className="jp-gitlab-DiffHeader-label">{label}</span>}
      {summary && (
        <span className="jp-gitlab-DiffHeader-summary" title={summary}>
          {summary}
        </span>
      )}
      {diff?.type === 'text' && !diff.equal && <TextCounts rows={diff.rows} />}
      <span className="jp-gitlab-DiffHeader-space" />
      <OptionsBar
        diff={diff}
        options={props.options}
        onChange={props.onOptions}
      />
    </header>
  );
}

function TextCounts(props: {
  rows: readonly { kind: string }[];
}): React.JSX.Element {
  const count = (kind: string) =>
    props.rows.filter(row => row.kind === kind).length;
  return <LineCounts added={count('added')} removed={count('removed')} />;
}
