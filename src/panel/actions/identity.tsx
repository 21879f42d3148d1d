import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { Field } from '../../components';
import { current, type IServices } from '../services';
import { run } from './run';

type Identity = Schemas['Identity'];

class IdentityBody extends ReactWidget {
  constructor(
    private readonly _services: IServices,
    identity: Identity
  ) {
    super();
    this.addClass('jp-gitlab-Form');
    this._name = identity.name ?? '';
    this._email = identity.email ?? '';
  }

  getValue(): { name: string; email: string } {
    return { name: this._name.trim(), email: this._email.trim() };
  }

  protected render(): React.JSX.Element {
    const { trans } = this._services;
    return (
      <>
        <p>
          {trans.__(
            'Git writes the author into every commit. It is set for this repository only.'
          )}
        </p>
        <Field label={trans.__('Name')}>
          <input
            defaultValue={this._name}
            autoComplete="name"
            onChange={event => {
              this._name = event.target.value;
            }}
          />
        </Field>
        <Field
          label={trans.__('Email')}
          help={trans.__('One that your GitLab account knows.')}
        >
          <input
            type="email"
            defaultValue={this._email}
            autoComplete="email"
            onChange={event => {
              this._email = event.target.value;
            }}
          />
        </Field>
      </>
    );
  }

  private _name: string;
  private _email: string;
}

/** Asks who the author of commits is and sets it; true once it is set. */
export async function setIdentity(services: IServices): Promise<boolean> {
  const { gitlab, trans } = services;
  const now = current(gitlab);
  if (!now) {
    return false;
  }
  let identity: Identity = now.repository.identity;
  for (;;) {
    const dialog = new Dialog({
      title: trans.__('Who is the author?'),
      body: new IdentityBody(services, identity),
      focusNodeSelector: 'input',
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.okButton({ label: trans.__('Set author') })
      ]
    });
    const { button, value } = await dialog.launch();
    if (!button.accept || value === null) {
      return false;
    }
    identity = value;
    if (value.name && value.email) {
      const done = await run(
        services,
        signal =>
          gitlab.client.put('/identities', {
            query: { folder: now.folder },
            body: value,
            signal
          }),
        { failure: trans.__('The author was not set.') }
      );
      await gitlab.refresh();
      return done !== undefined;
    }
  }
}
