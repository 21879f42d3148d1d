import { SidePanel } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { type ISignal, Signal } from '@lumino/signaling';

import { mergeRequestIcon } from '../icons';
import { PANEL_ID } from './services';

/**
 * The sidebar. Empty, and costing nothing, until it is shown for the first time: then `fill` puts its contents in.
 */
export class GitLabPanel extends SidePanel {
  constructor(private readonly _fill: (panel: GitLabPanel) => Promise<void>) {
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
    this._filled ??= this._fill(this);
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

  private _onVisible(): void {
    void this.filled();
    this._visibleChanged.emit(true);
  }

  private _filled: Promise<void> | null = null;
  private _visibleChanged = new Signal<this, boolean>(this);
}
