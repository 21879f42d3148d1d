import * as React from 'react';

import { useTrans } from '../api/context';
import type { Schemas } from '../api/client';

/** Changed values outside sources and outputs, one a row. */
export function MetadataTable(props: {
  changes: readonly Schemas['MetadataChange'][];
}): React.JSX.Element {
  const trans = useTrans();
  return (
    <table
      className="jp-gitlab-MetadataTable"
      aria-label={trans.__('Changed metadata')}
    >
      <thead>
        <tr>
          <th scope="col">{trans.__('Metadata')}</th>
          <th scope="col">{trans.__('Before')}</th>
          <th scope="col">{trans.__('After')}</th>
        </tr>
      </thead>
      <tbody>
        {props.changes.map(change => (
          <tr key={change.path}>
            <th scope="row">{change.path}</th>
            <td data-side="old">{change.old ?? '–'}</td>
            <td data-side="new">{change.new ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
