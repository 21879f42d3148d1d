import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStatusBar, TextItem } from '@jupyterlab/statusbar';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import { type ISignal, Signal } from '@lumino/signaling';
import * as React from 'react';

import {
  CommandIDs,
  EXTENSION_ID,
  IGitLab,
  TRANSLATION_DOMAIN
} from '../tokens';

/** Branch, commits to push and to pull, merge request: "feature/auc ↑2 ↓1 · !42". Empty without a repository. */
export function statusText(
  gitlab: Pick<IGitLab, 'state' | 'branchMergeRequest'>,
  trans: TranslationBundle
): string {
  const { state, branchMergeRequest } = gitlab;
  if (state.kind !== 'ready') {
    return '';
  }
  const { branch, head, upstream } = state.repository;
  const parts = [
    branch ??
      (head
        ? trans.__('detached at %1', head.sha.slice(0, 8))
        : trans.__('no branch'))
  ];
  if (upstream && !upstream.gone) {
    if (upstream.ahead > 0) {
      parts.push(`↑${upstream.ahead}`);
    }
    if (upstream.behind > 0) {
      parts.push(`↓${upstream.behind}`);
    }
  }
  if (branchMergeRequest) {
    parts.push(`· !${branchMergeRequest.iid}`);
  }
  return parts.join(' ');
}

class StatusItem extends ReactWidget {
  constructor(
    private readonly _gitlab: IGitLab,
    private readonly _trans: TranslationBundle,
    private readonly _open: () => void
  ) {
    super();
    this.addClass('jp-gitlab-StatusItem');
    _gitlab.stateChanged.connect(() => {
      this.update();
      this._activeChanged.emit();
    });
    _gitlab.branchMergeRequestChanged.connect(this.update, this);
  }

  /** Emitted when a repository comes or goes, or the setting changes. */
  get activeChanged(): ISignal<this, void> {
    return this._activeChanged;
  }

  get isActive(): boolean {
    return this._wanted && this._gitlab.state.kind === 'ready';
  }

  set wanted(wanted: boolean) {
    this._wanted = wanted;
    this._activeChanged.emit();
  }

  protected render(): React.JSX.Element | null {
    const text = statusText(this._gitlab, this._trans);
    const mergeRequest = this._gitlab.branchMergeRequest;
    return text ? (
      <TextItem
        source={`⎇ ${text}`}
        title={
          mergeRequest
            ? `!${mergeRequest.iid} ${mergeRequest.title}`
            : this._trans.__('Show GitLab Panel')
        }
        role="button"
        tabIndex={0}
        onClick={this._open}
        onKeyDown={event => {
          if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            this._open();
          }
        }}
      />
    ) : null;
  }

  private _wanted = true;
  private _activeChanged = new Signal<this, void>(this);
}

/** The branch in the status bar. */
export const statusBarPlugin: JupyterFrontEndPlugin<void> = {
  id: `${EXTENSION_ID}:status-bar`,
  description: 'The current branch and its merge request in the status bar.',
  autoStart: true,
  requires: [IGitLab],
  optional: [IStatusBar, ITranslator, ISettingRegistry],
  activate: (
    app: JupyterFrontEnd,
    gitlab: IGitLab,
    statusBar: IStatusBar | null,
    translator: ITranslator | null,
    settingRegistry: ISettingRegistry | null
  ): void => {
    if (!statusBar) {
      return;
    }
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    const item = new StatusItem(
      gitlab,
      trans,
      () => void app.commands.execute(CommandIDs.showPanel)
    );
    statusBar.registerStatusItem(`${EXTENSION_ID}:branch`, {
      item,
      align: 'left',
      rank: 5,
      isActive: () => item.isActive,
      activeStateChanged: item.activeChanged
    });
    void settingRegistry
      ?.load(`${EXTENSION_ID}:plugin`)
      .then(settings => {
        const read = () => {
          item.wanted = settings.composite.statusBar !== false;
        };
        settings.changed.connect(read);
        read();
      })
      .catch(() => undefined);
  }
};
