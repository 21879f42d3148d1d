import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Widget } from '@lumino/widgets';
import { render, type RenderResult } from '@testing-library/react';
import * as React from 'react';

import type { Schemas } from '../api/client';
import { queryClient } from '../api/queryClient';
import { PanelProvider } from '../panel/context';
import { RepositoryModel } from '../panel/model';
import type { ICurrent, IServices } from '../panel/services';
import type { FakeServer } from './server';

export function repository(
  change: Partial<Schemas['Repository']> = {}
): Schemas['Repository'] {
  return {
    id: 'r1',
    name: 'clone',
    folder: 'clone',
    branch: 'feature/auc',
    head: {
      sha: 'a'.repeat(40),
      title: 'Start',
      author_name: 'Mira',
      committed_at: '2026-01-01T00:00:00Z'
    },
    upstream: {
      remote: 'origin',
      branch: 'feature/auc',
      ahead: 0,
      behind: 0,
      gone: false
    },
    unpushed: 0,
    operation: null,
    remotes: [],
    remote: {
      name: 'origin',
      url: 'https://gitlab.example/analytics/churn.git',
      host: 'gitlab.example',
      project_path: 'analytics/churn'
    },
    identity: { name: 'Mira', email: 'mira@example.org' },
    ...change
  };
}

export function changedFile(
  path: string,
  change: Partial<Schemas['ChangedFile']> = {}
): Schemas['ChangedFile'] {
  return {
    path: { id: path, display: path, contents_path: `clone/${path}` },
    old_path: null,
    status: 'modified',
    staged: null,
    unstaged: 'modified',
    conflict: null,
    size: 100,
    large: false,
    notebook: path.endsWith('.ipynb'),
    submodule: false,
    ...change
  };
}

export function changesOf(
  ...files: Schemas['ChangedFile'][]
): Schemas['Changes'] {
  return { files, total: files.length, truncated: false };
}

export function account(
  change: Partial<Schemas['Account']> = {}
): Schemas['Account'] {
  return {
    host: 'gitlab.example',
    url: 'https://gitlab.example',
    secure: true,
    signed_in: true,
    username: 'mira',
    name: 'Mira',
    user_id: 2,
    scopes: ['api'],
    expires_at: null,
    source: 'file',
    problem: null,
    token_url: 'https://gitlab.example/-/user_settings/personal_access_tokens',
    stored_in: 'a file only you may read',
    ...change
  };
}

/** A document as JupyterLab has it open: enough to save, to be dirty and to be read again. */
export interface IFakeDocument {
  path: string;
  dirty: boolean;
  save: jest.Mock;
  revert: jest.Mock;
}

export interface IPanelFixture {
  services: IServices;
  model: RepositoryModel;
  current: ICurrent;
  /** Ids and arguments of the commands that were executed. */
  executed: [string, unknown][];
  open: (path: string, dirty?: boolean) => IFakeDocument;
}

/** Everything is on screen: jest's own observer never says so. */
class EverythingVisible {
  constructor(
    private readonly _callback: (entries: { isIntersecting: boolean }[]) => void
  ) {}

  observe(): void {
    this._callback([{ isIntersecting: true }]);
  }

  disconnect(): void {
    // Nothing was held.
  }
}

/** JupyterLab's side of things with a real model on a fake server, already knowing its repository. */
export async function panelFixture(
  server: FakeServer,
  repo: Schemas['Repository'] = repository()
): Promise<IPanelFixture> {
  queryClient.clear();
  globalThis.IntersectionObserver =
    EverythingVisible as unknown as typeof IntersectionObserver;
  window.localStorage.clear();
  const contexts = new Map<Widget, IFakeDocument>();
  const executed: [string, unknown][] = [];
  const commands = new CommandRegistry();
  commands.execute = (id: string, args?: unknown) => {
    executed.push([id, args]);
    return Promise.resolve(undefined) as never;
  };
  server.answer('GET /repositories', () => repo);
  const model = new RepositoryModel({
    client: server.client(),
    currentFolder: () => 'clone'
  });
  const contents = {
    driveName: () => '',
    localPath: (path: string) => path,
    get: () => Promise.resolve({})
  };
  const services = {
    app: {
      commands,
      shell: {
        currentWidget: null,
        widgets: (area: string) =>
          area === 'main' ? contexts.keys() : [].values()
      },
      serviceManager: { contents }
    },
    docManager: {
      contextForWidget: (widget: Widget) => {
        const document = contexts.get(widget);
        return (
          document && {
            path: document.path,
            model: {
              get dirty() {
                return document.dirty;
              }
            },
            save: document.save,
            revert: document.revert
          }
        );
      }
    },
    gitlab: model,
    trans: nullTranslator.load('jupyterlab_gitlab'),
    settings: null,
    rendermime: null
  } as unknown as IServices;
  await model.refresh();
  return {
    services,
    model,
    executed,
    current: { folder: repo.folder ?? '', repository: repo },
    open: (path, dirty = false) => {
      const document: IFakeDocument = {
        path,
        dirty,
        save: jest.fn(() => {
          document.dirty = false;
          return Promise.resolve();
        }),
        revert: jest.fn(() => Promise.resolve())
      };
      contexts.set(new Widget(), document);
      return document;
    }
  };
}

/** Draws a part of the panel. */
export function renderPart(
  services: IServices,
  node: React.ReactElement
): RenderResult {
  return render(
    <PanelProvider services={services} visible={true}>
      {node}
    </PanelProvider>
  );
}
