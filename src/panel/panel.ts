import { SidePanel } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { type ISignal, Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';

import { mergeRequestIcon } from '../icons';
import { PANEL_ID } from './services';

/**
 * The sidebar. Empty, and costing nothing, until it is shown for the first time: then `fill` puts its contents in.
 */
export class GitLabPanel extends SidePanel {
  /** `missing`: what is shown while the contents can't be loaded. */
  constructor(
    private readonly _fill: (panel: GitLabPanel) => Promise<void>,
    private readonly _missing: string
  ) {
    super();
    this.id = PANEL_ID;
    this.addClass('jp-gitlab-Panel');
    this.title.icon = mergeRequestIcon;
    this.title.caption = 'GitLab';
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', 'GitLab');
    this.content.hide();
  }

  /** Emitted with whether the panel is on screen. */
  get visibleChanged(): ISignal<this, boolean> {
    return this._visibleChanged;
  }

  /** Resolves once the contents are there. */
  filled(): Promise<void> {
    this._filled ??= this._fillOrSay();
    return this._filled;
  }

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this._onVisible();
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    if (this.isVisible) {
      this._onVisible();
    }
  }

  protected override onAfterHide(msg: Message): void {
    super.onAfterHide(msg);
    this._visibleChanged.emit(false);
  }

  private async _fillOrSay(): Promise<void> {
    this._note?.dispose();
    this._note = null;
    try {
      await this._fill(this);
    } catch (error) {
      this._filled = null; // the next time it is shown it tries again
      this._note = new Widget();
      this._note.addClass('jp-gitlab-Section-note');
      this._note.node.setAttribute('role', 'alert');
      this._note.node.textContent = this._missing;
      this.header.addWidget(this._note);
      throw error;
    }
  }

  private _onVisible(): void {
    this.filled().catch((reason: unknown) => console.error(reason));
    this._visibleChanged.emit(true);
  }

  private _filled: Promise<void> | null = null;
  private _note: Widget | null = null;
  private _visibleChanged = new Signal<this, boolean>(this);
}
