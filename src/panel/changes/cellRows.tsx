import type { UseQueryResult } from '@tanstack/react-query';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { ErrorBox, LineCounts, Skeleton } from '../../components';
import { cellMark, cellWord } from './words';

/** The changed cells of an opened notebook row. */
export function CellRows(props: {
  summary: UseQueryResult<Schemas['ChangeSummary']>;
  onOpen: (cell: Schemas['ChangedCell']) => void;
}): React.JSX.Element {
  const { summary, onOpen } = props;
  const trans = useTrans();
  if (summary.isError) {
    return (
      <ErrorBox error={summary.error} onRetry={() => void summary.refetch()} />
    );
  }
  if (!summary.data) {
    return <Skeleton lines={2} />;
  }
  if (summary.data.cells.length === 0) {
    return (
      <p className="jp-gitlab-Section-note">
        {trans.__('No cell changed, only the notebook around them.')}
      </p>
    );
  }
  return (
    <div role="list" aria-label={trans.__('Changed cells')}>
      {summary.data.cells.map((cell, position) => (
        <CellRow key={position} cell={cell} onOpen={() => onOpen(cell)} />
      ))}
    </div>
  );
}

function CellRow(props: {
  cell: Schemas['ChangedCell'];
  onOpen: () => void;
}): React.JSX.Element {
  const { cell, onOpen } = props;
  const trans = useTrans();
  const word = cellWord(cell, trans);
  return (
    <div role="listitem">
      <button
        type="button"
        className="jp-gitlab-Row jp-gitlab-CellRow"
        title={cell.title}
        onClick={onOpen}
      >
        <span className="jp-gitlab-CellRow-mark">{cellMark(cell)}</span>
        <span
          className="jp-gitlab-CellRow-title"
          data-code={cell.cell_type === 'code' || undefined}
        >
          {cell.title || trans.__('(empty)')}
        </span>
        <span className="jp-gitlab-Row-meta">
          {word && <span className="jp-gitlab-muted">{word}</span>}
          {(cell.added > 0 || cell.removed > 0) && (
            <LineCounts added={cell.added} removed={cell.removed} />
          )}
        </span>
      </button>
    </div>
  );
}
