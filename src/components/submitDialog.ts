import { Dialog } from '@jupyterlab/apputils';

export interface ISubmitDialogOptions<T> extends Omit<
  Partial<Dialog.IOptions<T>>,
  'buttons' | 'defaultButton'
> {
  cancelLabel: string;
  okLabel: string;
  /** Does the work. True closes the dialog; false or a rejection leaves it open with everything typed in it. */
  submit: (signal: AbortSignal) => Promise<boolean>;
}

/**
 * A dialog that stays open until its work has been done.
 *
 * JupyterLab's own closes first and leaves nowhere to say what went wrong. Enter inside a control that marks itself
 * with `data-gitlab-keys` is left to that control.
 */
export class SubmitDialog<T> extends Dialog<T> {
  constructor(options: ISubmitDialogOptions<T>) {
    const { cancelLabel, okLabel, submit, ...rest } = options;
    super({
      ...rest,
      buttons: [
        Dialog.cancelButton({ label: cancelLabel }),
        Dialog.okButton({ label: okLabel })
      ],
      defaultButton: 1
    });
    this._submit = submit;
    this.addClass('jp-gitlab-SubmitDialog');
  }

  override resolve(index?: number): void {
    if (index === 0) {
      this._abort?.abort();
      super.resolve(0);
      return;
    }
    if (this._abort === null) {
      void this._run();
    }
  }

  override reject(): void {
    this._abort?.abort();
    super.reject();
  }

  protected override _evtKeydown(event: KeyboardEvent): void {
    const target = event.target;
    if (
      target instanceof Element &&
      event.key !== 'Tab' &&
      target.closest('[data-gitlab-keys]')
    ) {
      return;
    }
    // Enter and arrows on a button of the body belong to that button.
    if (
      target instanceof HTMLButtonElement &&
      target.closest('.jp-Dialog-body') &&
      ['Enter', 'ArrowLeft', 'ArrowRight'].includes(event.key)
    ) {
      return;
    }
    super._evtKeydown(event);
  }

  private async _run(): Promise<void> {
    this._abort = new AbortController();
    this._setBusy(true);
    try {
      if (await this._submit(this._abort.signal)) {
        super.resolve(1);
      }
    } finally {
      this._abort = null;
      this._setBusy(false);
    }
  }

  private _setBusy(busy: boolean): void {
    this.toggleClass('jp-gitlab-mod-busy', busy);
    const accept = this.node.querySelector<HTMLButtonElement>('.jp-mod-accept');
    if (accept) {
      accept.disabled = busy;
      accept.setAttribute('aria-busy', String(busy));
    }
  }

  private readonly _submit: (signal: AbortSignal) => Promise<boolean>;
  private _abort: AbortController | null = null;
}
