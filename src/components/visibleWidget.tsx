import { ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import * as React from 'react';

import type { ApiClient } from '../api/client';
import { ApiProvider } from '../api/context';

/** A React tree in a widget, which is told whether it is on screen: while hidden, it asks for nothing. */
export class VisibleWidget extends ReactWidget {
  constructor(
    private _client: ApiClient,
    private _trans: TranslationBundle,
    private _content: () => React.ReactNode
  ) {
    super();
    this.addClass('jp-gitlab-Document');
  }

  protected override render(): React.JSX.Element {
    return (
      <ApiProvider
        client={this._client}
        trans={this._trans}
        visible={this.isVisible}
      >
        {this._content()}
      </ApiProvider>
    );
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.update();
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this.update();
  }

  /** The focus goes to the view itself, so that its keys work at once. */
  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    if (!this.node.contains(document.activeElement)) {
      this.node.querySelector<HTMLElement>('.jp-gitlab-Diff')?.focus();
    }
  }
}
