import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Schemas } from '../api/client';
import type { IGitLab } from '../tokens';

/** The sidebar's widget id. */
export const PANEL_ID = 'jp-gitlab-panel';

/** What the panel's sections and the actions need of JupyterLab. */
export interface IServices {
  app: JupyterFrontEnd;
  docManager: IDocumentManager;
  gitlab: IGitLab;
  trans: TranslationBundle;
  settings: ISettingRegistry.ISettings | null;
  /** For previews of Markdown; null: none. */
  rendermime: IRenderMimeRegistry | null;
}

/** A repository and how it is addressed. */
export interface ICurrent {
  folder: string;
  repository: Schemas['Repository'];
}

/** The repository of the current folder, or null while there is none. */
export function current(gitlab: IGitLab): ICurrent | null {
  const { state } = gitlab;
  return state.kind === 'ready'
    ? { folder: state.folder, repository: state.repository }
    : null;
}

/** A setting's value; `fallback` without a settings registry or while it has no such value. */
export function setting<T extends string | number | boolean>(
  services: IServices,
  name: string,
  fallback: T
): T {
  const value = services.settings?.composite[name];
  return typeof value === typeof fallback ? (value as T) : fallback;
}

/** Whether the repository has a remote that may lead to GitLab: one on a host, not a folder of this machine. */
export function hasHost(now: Pick<ICurrent, 'repository'>): boolean {
  return (now.repository.remote?.host ?? null) !== null;
}
