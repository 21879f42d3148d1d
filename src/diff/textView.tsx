import * as React from 'react';

import { useTrans } from '../api/context';
import { Button } from '../components';
import { readingOf } from './faces';
import { sourceSides } from './highlight';
import { PicturePair } from './images/picturePair';
import type { IDiffLayer } from './layer';
import { RenderedMarkdown } from './rendered/renderedMarkdown';
import { useDiffServices } from './services';
import { SourceTable } from './sourceTable';
import { csvDiff } from './tables/csv';
import { TableDiff } from './tables/tableDiff';
import { type IDiffOptions, layoutOf, NO_CELL, type TextDiff } from './types';

export interface ITextViewProps {
  diff: TextDiff;
  options: IDiffOptions;
  layer: IDiffLayer | null;
}

/** A text file, or a notebook that could only be compared as text. */
export function TextView(props: ITextViewProps): React.JSX.Element {
  const trans = useTrans();
  const { diff } = props;
  return (
    <>
      {diff.reason !== null && (
        <p className="jp-gitlab-Diff-note">
          {trans.__('Compared as text: %1', diff.reason)}
        </p>
      )}
      {diff.truncated && <Truncated diff={diff} />}
      <div role="group" className="jp-gitlab-Cell" aria-label={pathOf(diff)}>
        <Contents {...props} />
      </div>
    </>
  );
}

/** The file as it reads, if that was chosen and nothing hangs on its lines; else its lines. */
function Contents(props: ITextViewProps): React.JSX.Element {
  const trans = useTrans();
  const { highlighter } = useDiffServices();
  const { diff, options, layer } = props;
  const path = pathOf(diff);
  const language = React.useMemo(
    () => highlighter.forFile(path),
    [highlighter, path]
  );
  const lines = layer?.cell(NO_CELL) ?? null;
  const source = (
    <SourceTable
      rows={diff.rows}
      cell={NO_CELL}
      label={trans.__('Changes of %1', path)}
      language={language}
      mode={layoutOf(diff, options)}
      layer={lines}
      onComment={layer?.comment ?? null}
      stops
    />
  );
  if (!options.rendered || lines !== null) {
    return source;
  }
  switch (readingOf(diff)) {
    case 'markdown':
      return (
        <RenderedMarkdown
          rows={diff.rows}
          mode={layoutOf(diff, options)}
          label={trans.__('%1 as it reads', path)}
          source={source}
        />
      );
    case 'table':
      return <Csv diff={diff} options={options} source={source} />;
    case 'picture':
      return <Svg diff={diff} options={options} source={source} />;
    default:
      return source;
  }
}

interface IReadingProps {
  diff: TextDiff;
  options: IDiffOptions;
  /** Shown where the text can't be read that way. */
  source: React.JSX.Element;
}

function Csv(props: IReadingProps): React.JSX.Element {
  const trans = useTrans();
  const { diff, options, source } = props;
  const table = React.useMemo(() => csvDiff(diff.rows), [diff.rows]);
  return table ? (
    <TableDiff
      diff={table}
      label={trans.__('Changes of %1', pathOf(diff))}
      mode={layoutOf(diff, options)}
    />
  ) : (
    <>
      <p className="jp-gitlab-Cell-note">
        {trans.__('Its lines make no table: this is the source.')}
      </p>
      {source}
    </>
  );
}

function Svg(props: IReadingProps): React.JSX.Element {
  const { diff, options, source } = props;
  const pictures = React.useMemo(() => {
    const sides = sourceSides(diff.rows);
    const blob = (text: string) => new Blob([text], { type: 'image/svg+xml' });
    return { old: blob(sides.old), new: blob(sides.new) };
  }, [diff.rows]);
  return diff.old && diff.new ? (
    <PicturePair {...pictures} mode={options.images} name={pathOf(diff)} />
  ) : (
    source
  );
}

/** Says that lines are missing, and where they are. */
function Truncated(props: { diff: TextDiff }): React.JSX.Element {
  const trans = useTrans();
  const { files } = useDiffServices();
  const path = props.diff.new?.path.contents_path ?? null;
  return (
    <p className="jp-gitlab-Diff-note">
      {trans.__('The file is very long: not all of its lines are shown.')}{' '}
      {files && path !== null && (
        <Button kind="link" onClick={() => files.open(path)}>
          {trans.__('Open the file')}
        </Button>
      )}
    </p>
  );
}

function pathOf(diff: TextDiff): string {
  return (diff.new ?? diff.old)?.path.display ?? '';
}
