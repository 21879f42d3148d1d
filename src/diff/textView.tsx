import * as React from 'react';

import { useTrans } from '../api/context';
import type { IDiffLayer } from './layer';
import { useDiffServices } from './services';
import { SourceTable } from './sourceTable';
import { type IDiffOptions, NO_CELL, type TextDiff } from './types';

/** A text file, or a notebook that could only be compared as text. */
export function TextView(props: {
  diff: TextDiff;
  options: IDiffOptions;
  layer: IDiffLayer | null;
}): React.JSX.Element {
  const trans = useTrans();
  const { highlighter } = useDiffServices();
  const { diff, options, layer } = props;
  const path = (diff.new ?? diff.old)?.path.display ?? '';
  const language = React.useMemo(
    () => highlighter.forFile(path),
    [highlighter, path]
  );
  return (
    <>
      {diff.reason !== null && (
        <p className="jp-gitlab-Diff-note">
          {trans.__('Compared as text: %1', diff.reason)}
        </p>
      )}
      <section className="jp-gitlab-Cell" aria-label={path}>
        <SourceTable
          rows={diff.rows}
          cell={NO_CELL}
          label={trans.__('Changes of %1', path)}
          language={language}
          mode={options.mode}
          layer={layer?.cell(NO_CELL) ?? null}
          onComment={layer?.comment ?? null}
          stops
        />
      </section>
      {diff.truncated && (
        <p className="jp-gitlab-Diff-note">
          {trans.__(
            'The file is very long: the lines after these are left out.'
          )}
        </p>
      )}
    </>
  );
}
