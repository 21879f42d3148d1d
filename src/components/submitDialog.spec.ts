import { Dialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';

import { press, settled } from '../testing/dialog';
import { SubmitDialog } from './submitDialog';

function open(submit: (signal: AbortSignal) => Promise<boolean>) {
  const body = new Widget();
  body.node.append(document.createElement('input'));
  const dialog = new SubmitDialog<unknown>({
    title: 'T',
    body,
    cancelLabel: 'Cancel',
    okLabel: 'Create',
    submit
  });
  return { body, result: dialog.launch() };
}

afterEach(() => Dialog.flush());

describe('SubmitDialog', () => {
  it('closes once its work is done', async () => {
    const { result } = open(() => Promise.resolve(true));
    await press('Create');
    expect((await result).button.accept).toBe(true);
  });

  it('stays open with everything typed when its work failed', async () => {
    const submit = jest.fn(() => Promise.resolve(false));
    const { body, result } = open(submit);
    const input = body.node.querySelector('input') as HTMLInputElement;
    input.value = 'typed';
    await press('Create');
    await settled();
    expect(body.isAttached).toBe(true);
    expect(input.value).toBe('typed');
    await press('Create');
    expect(submit).toHaveBeenCalledTimes(2);
    await press('Cancel');
    expect((await result).button.accept).toBe(false);
  });

  it('works once at a time and stops when cancelled', async () => {
    let given: AbortSignal | null = null;
    const submit = jest.fn((signal: AbortSignal) => {
      given = signal;
      return new Promise<boolean>(() => undefined);
    });
    const { result } = open(submit);
    await press('Create');
    await press('Create');
    expect(submit).toHaveBeenCalledTimes(1);
    await press('Cancel');
    expect((await result).button.accept).toBe(false);
    expect((given as AbortSignal | null)?.aborted).toBe(true);
  });
});
