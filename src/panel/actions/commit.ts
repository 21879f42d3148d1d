import { Notification } from '@jupyterlab/apputils';

import { LONG_TIMEOUT, type Schemas } from '../../api/client';
import { hasCode } from '../../api/errors';
import { messageKey, readDraft, writeDraft } from '../drafts';
import { localPath } from '../folder';
import { notices } from '../notices';
import { current, type ICurrent, type IServices } from '../services';
import { fetchChanges, setTicked, tick } from './changes';
import { offerSave } from './documents';
import { setIdentity } from './identity';
import { createMergeRequest } from './mergeRequests';
import { refreshLocal } from './refresh';
import { reportFailure } from './run';
import { push } from './sync';

export type AfterCommit = 'nothing' | 'push' | 'merge-request';

export interface ICommitOptions {
  /** Default: what is typed in the panel. */
  message?: string;
  after?: AfterCommit;
  /** Take the newest version of ticked files that have changed since they were ticked; default true. */
  includeNewer?: boolean;
}

/** Path ids of ticked files that have changed since. */
export function newerPaths(changes: Schemas['Changes']): string[] {
  return changes.files
    .filter(file => tick(file) === 'mixed')
    .map(file => file.path.id);
}

/** Commits what is ticked, then pushes or opens a merge request if asked to; true once all of it is done. */
export async function commit(
  services: IServices,
  options: ICommitOptions = {}
): Promise<boolean> {
  const { gitlab } = services;
  const now = current(gitlab);
  if (!now) {
    return false;
  }
  const draftKey = messageKey(now.repository.id);
  const message = (options.message ?? readDraft(draftKey)).trim();
  if (!message) {
    gitlab.requestPanel('focus-message');
    return false;
  }
  let restage: string[] | null;
  try {
    restage = await prepare(services, now, options.includeNewer ?? true);
  } catch (error) {
    reportFailure(services, services.trans.__('Nothing was committed.'), error);
    return false;
  }
  if (restage === null) {
    return false;
  }
  const done = await commitOnce(services, now, message, restage);
  if (!done) {
    return false;
  }
  if (options.message === undefined) {
    writeDraft(draftKey, '');
  }
  if (options.after === 'push' || options.after === 'merge-request') {
    if (!(await push(services))) {
      return false;
    }
  }
  if (options.after === 'merge-request') {
    await createMergeRequest(services);
  }
  return true;
}

/**
 * Has unsaved documents saved where the user wants that. Path ids of ticked files to stage anew; null: the user
 * cancelled.
 */
async function prepare(
  services: IServices,
  now: ICurrent,
  includeNewer: boolean
): Promise<string[] | null> {
  const ticked = await askTicked(services, now);
  const saved = await offerSave(services, now);
  return (
    saved && pathsToRestage(services, now, ticked, new Set(saved), includeNewer)
  );
}

/** Path ids of what is ticked now, before anything is saved. */
async function askTicked(
  services: IServices,
  now: ICurrent
): Promise<ReadonlySet<string>> {
  const changes = await fetchChanges(services, now);
  return new Set(
    changes.files.filter(file => file.staged !== null).map(file => file.path.id)
  );
}

/** Files just saved for this commit belong to it if they are ticked, whatever is said about newer changes. */
async function pathsToRestage(
  services: IServices,
  now: ICurrent,
  ticked: ReadonlySet<string>,
  saved: ReadonlySet<string>,
  includeNewer: boolean
): Promise<string[]> {
  const changes = await fetchChanges(services, now);
  return changes.files
    .filter(
      file =>
        ticked.has(file.path.id) &&
        tick(file) === 'mixed' &&
        (includeNewer || saved.has(file.path.contents_path ?? ''))
    )
    .map(file => file.path.id);
}

/**
 * What hooks and the signing program printed: git's own summary ("[main 1a2b3c4] Title", then counts) comes last and
 * tells nothing that the panel doesn't.
 */
export function withoutSummary(output: string): string {
  const lines = output.trimEnd().split('\n');
  const summary = lines.findIndex(line => /^\[.+ [0-9a-f]{7,64}\] /.test(line));
  return (summary < 0 ? lines : lines.slice(0, summary)).join('\n').trim();
}

async function commitOnce(
  services: IServices,
  now: ICurrent,
  message: string,
  restage: string[]
): Promise<boolean> {
  const { gitlab, trans } = services;
  const failure = trans.__('Nothing was committed.');
  const hooks = trans.__('What git and its hooks printed');
  for (;;) {
    try {
      const result = await gitlab.client.post('/commits', {
        query: { folder: now.folder },
        body: { message, restage },
        timeout: LONG_TIMEOUT
      });
      notices.clear(failure);
      notices.clear(hooks);
      const printed = withoutSummary(result.output);
      if (printed) {
        notices.add({ title: hooks, output: printed });
      }
      await refreshLocal(services, now.folder);
      return true;
    } catch (error) {
      if (hasCode(error, 'identity_missing') && (await setIdentity(services))) {
        continue;
      }
      reportFailure(services, failure, error);
      await refreshLocal(services, now.folder);
      return false;
    }
  }
}

/** Saves and ticks one file and leads to the message box; default: the active document. */
export async function prepareCommit(
  services: IServices,
  contentsPath?: string
): Promise<void> {
  const { app, docManager, gitlab, trans } = services;
  const now = current(gitlab);
  if (!now) {
    return;
  }
  const widget = app.shell.currentWidget;
  const context = widget && docManager.contextForWidget(widget);
  const path = contentsPath ?? context?.path;
  if (path === undefined) {
    return;
  }
  if (context?.path === path && context.model.dirty) {
    await context.save();
  }
  const local = localPath(app.serviceManager.contents, path);
  try {
    const changes = await fetchChanges(services, now);
    const file = changes.files.find(
      other => other.path.contents_path === local
    );
    if (!file) {
      Notification.info(
        trans.__('%1 has not changed since the last commit.', path),
        { autoClose: 4000 }
      );
    } else if (tick(file) !== true) {
      await setTicked(services, [file.path.id], true);
    }
  } catch (error) {
    reportFailure(services, trans.__('The file could not be ticked.'), error);
  }
  gitlab.requestPanel('focus-message');
}
