import { Dialog, ReactWidget, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

/** Shows the keys of the diff view. */
export async function showHelp(
  trans: TranslationBundle,
  comments: boolean
): Promise<void> {
  const keys: [string, string][] = [
    ['j / k', trans.__('next / previous change')],
    ['↓ / ↑', trans.__('next / previous line')]
  ];
  if (comments) {
    keys.push(
      ['n / p', trans.__('next / previous thread')],
      ['Shift+↓ / ↑', trans.__('select lines to comment on')],
      [
        'c',
        trans.__('comment on the line that has the focus, or on those selected')
      ],
      ['v', trans.__('tick the file off as viewed, or take that back')]
    );
  }
  keys.push(['?', trans.__('this help')]);
  await showDialog({
    title: trans.__('Keys of the diff view'),
    body: ReactWidget.create(
      <dl className="jp-gitlab-Keys">
        {keys.map(([key, what]) => (
          <React.Fragment key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </React.Fragment>
        ))}
      </dl>
    ),
    buttons: [Dialog.okButton({ label: trans.__('Close') })]
  });
}
