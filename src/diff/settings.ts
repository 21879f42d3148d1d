import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import * as React from 'react';

import { DEFAULT_OPTIONS, type IDiffOptions } from './types';

/** Remembers the options of the diff view, for all diffs, in JupyterLab's settings. */
export class DiffSettings {
  constructor(settings: Promise<ISettingRegistry.ISettings> | null) {
    settings
      ?.then(loaded => {
        this._settings = loaded;
        const read = () => this._set(fromComposite(loaded.composite));
        loaded.changed.connect(read);
        read();
      })
      .catch((reason: unknown) => {
        console.warn('The settings of the diff view were not read.', reason);
      });
  }

  readonly get = (): IDiffOptions => this._options;

  readonly subscribe = (listener: () => void): (() => void) => {
    this._listeners.add(listener);
    return () => this._listeners.delete(listener);
  };

  /** Takes effect at once; kept as soon as the settings are there. */
  readonly set = (options: IDiffOptions): void => {
    const before = this._options;
    this._set(options);
    for (const name of NAMES) {
      if (options[name] !== before[name]) {
        this._settings?.set(name, options[name]).catch((reason: unknown) => {
          console.warn('The setting was not kept.', reason);
        });
      }
    }
  };

  private _set(options: IDiffOptions): void {
    if (NAMES.some(name => options[name] !== this._options[name])) {
      this._options = options;
      this._listeners.forEach(listener => listener());
    }
  }

  private _options = DEFAULT_OPTIONS;
  private _settings: ISettingRegistry.ISettings | null = null;
  private _listeners = new Set<() => void>();
}

const NAMES = Object.keys(DEFAULT_OPTIONS) as (keyof IDiffOptions)[];

/** The settings are checked against the schema when they are loaded: what is there has the right type. */
function fromComposite(
  composite: ISettingRegistry.ISettings['composite']
): IDiffOptions {
  const known = NAMES.filter(name => composite[name] !== undefined);
  return {
    ...DEFAULT_OPTIONS,
    ...Object.fromEntries(known.map(name => [name, composite[name]]))
  };
}

export function useDiffOptions(settings: DiffSettings): IDiffOptions {
  return React.useSyncExternalStore(settings.subscribe, settings.get);
}

type Change = (part: Partial<IDiffOptions>) => void;

const ChangeOptions = React.createContext<Change>(() => undefined);

/** Lets parts of a view change its options. */
export const ChangeOptionsProvider = ChangeOptions.Provider;

export function useChangeOptions(): Change {
  return React.useContext(ChangeOptions);
}
