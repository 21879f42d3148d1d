import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal } from '@lumino/signaling';

import { DiffSettings } from './settings';
import { DEFAULT_OPTIONS } from './types';

function registry(composite: Record<string, unknown>) {
  const owner = {};
  const settings = {
    composite,
    changed: new Signal<object, void>(owner),
    set: jest.fn(() => Promise.resolve())
  };
  return {
    settings,
    loaded: Promise.resolve(settings as unknown as ISettingRegistry.ISettings)
  };
}

describe('the options of the diff view', () => {
  it('begin with what was chosen last', async () => {
    const { loaded } = registry({ mode: 'split', metadata: true });
    const settings = new DiffSettings(loaded);
    const listener = jest.fn();
    settings.subscribe(listener);
    await loaded;
    expect(settings.get()).toEqual({
      ...DEFAULT_OPTIONS,
      mode: 'split',
      metadata: true
    });
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('keep only what was changed', async () => {
    const { loaded, settings: kept } = registry({});
    const settings = new DiffSettings(loaded);
    await loaded;
    settings.set({ ...DEFAULT_OPTIONS, mode: 'split' });
    expect(kept.set.mock.calls).toEqual([['mode', 'split']]);
  });

  it('follow a change made in another diff', async () => {
    const { loaded, settings: kept } = registry({});
    const settings = new DiffSettings(loaded);
    await loaded;
    kept.composite.outputs = false;
    kept.changed.emit();
    expect(settings.get().outputs).toBe(false);
  });

  it('work without a settings registry', () => {
    const settings = new DiffSettings(null);
    settings.set({ ...DEFAULT_OPTIONS, metadata: true });
    expect(settings.get().metadata).toBe(true);
  });
});
