import type { IEditorLanguage } from '@jupyterlab/codemirror';
import * as React from 'react';

import { useTrans } from '../api/context';
import { useRowTokens } from '../diff/highlight';
import { useDiffServices } from '../diff/services';
import { CodeText, SignCell } from '../diff/sourceRow';
import type { Suggestion } from './types';

/** What a suggestion changes, line by line. */
export function SuggestionTable(props: {
  suggestion: Suggestion;
  language: IEditorLanguage | null;
}): React.JSX.Element {
  const trans = useTrans();
  const { highlighter } = useDiffServices();
  const { rows } = props.suggestion;
  const tokens = useRowTokens(highlighter, props.language, rows);
  return (
    <table
      className="jp-gitlab-SourceTable"
      aria-label={trans.__('What the suggestion changes')}
    >
      <colgroup>
        <col className="jp-gitlab-col-sign" />
        <col />
      </colgroup>
      <tbody>
        {rows.map((row, index) => (
          <tr
            key={index}
            className={`jp-gitlab-Line jp-gitlab-mod-${row.kind}`}
          >
            <SignCell kind={row.kind} />
            <td className="jp-gitlab-Code">
              <CodeText row={row} tokens={tokens(index)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
