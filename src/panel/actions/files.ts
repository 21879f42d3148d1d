import { Notification } from '@jupyterlab/apputils';

import type { Schemas } from '../../api/client';
import { getMergeRequest } from '../../api/mergeRequests';
import { pathId } from '../../api/paths';
import { CommandIDs } from '../../tokens';
import { localPath } from '../folder';
import { current, type ICurrent, type IServices } from '../services';
import { fetchChanges } from './changes';
import { saveDocuments, unsavedDocuments } from './documents';
import { reportFailure, run } from './run';

/** The id of a file given by its contents path; null if it lies outside the repository or cannot be told. */
export async function idOfContentsPath(
  services: IServices,
  now: ICurrent,
  path: string
): Promise<string | null> {
  const local = localPath(services.app.serviceManager.contents, path);
  const top = now.repository.folder;
  if (local === null) {
    return null;
  }
  if (top !== null) {
    return top === ''
      ? pathId(local)
      : local.startsWith(`${top}/`)
        ? pathId(local.slice(top.length + 1))
        : null;
  }
  // The work tree's top lies above the server root: only the server part knows by how much, and it tells for changed
  // files.
  const changes = await fetchChanges(services, now);
  return (
    changes.files.find(file => file.path.contents_path === local)?.path.id ??
    null
  );
}

function activePath(services: IServices): string | undefined {
  const widget = services.app.shell.currentWidget;
  return widget
    ? services.docManager.contextForWidget(widget)?.path
    : undefined;
}

/** A version to compare with: a revision as the contract has it, and what readers call it. */
interface IVersion {
  revision: string;
  name?: string;
}

/** Opens the diff of a file between a version and the work tree; what is not saved of the file is saved first. */
async function diffWith(
  services: IServices,
  path: string | undefined,
  find: (now: ICurrent) => Promise<IVersion>
): Promise<void> {
  const { app, gitlab, trans } = services;
  const now = current(gitlab);
  const wanted = path ?? activePath(services);
  if (!now || wanted === undefined) {
    return;
  }
  try {
    const id = await idOfContentsPath(services, now, wanted);
    if (id === null) {
      Notification.info(
        trans.__('%1 has no changes in this repository.', wanted),
        { autoClose: 4000 }
      );
      return;
    }
    await saveDocuments(unsavedDocuments(services, now, new Set([wanted])));
    const { revision, name } = await find(now);
    await app.commands.execute(CommandIDs.openDiff, {
      folder: now.folder,
      old: revision,
      new: 'WORKTREE',
      old_path: id,
      new_path: id,
      ...(name !== undefined && { label: trans.__('%1 → work tree', name) })
    });
  } catch (error) {
    reportFailure(services, trans.__('The diff could not be opened.'), error);
  }
}

/** The file's last committed version against the one on disk. */
export function diffWithHead(
  services: IServices,
  path?: string
): Promise<void> {
  return diffWith(services, path, now =>
    Promise.resolve({
      revision: now.repository.head === null ? 'EMPTY' : 'HEAD'
    })
  );
}

/** The target branch's version against the one on disk: of the branch's merge request, else of the default branch. */
export function diffWithTarget(
  services: IServices,
  path?: string
): Promise<void> {
  return diffWith(services, path, now => target(services, now));
}

async function target(services: IServices, now: ICurrent): Promise<IVersion> {
  const { client, branchMergeRequest } = services.gitlab;
  const query = { folder: now.folder };
  if (branchMergeRequest) {
    const mergeRequest = await getMergeRequest(
      client,
      now.folder,
      branchMergeRequest.iid
    );
    if (mergeRequest.diff_refs) {
      return {
        revision: mergeRequest.diff_refs.base_sha,
        name: mergeRequest.target_branch
      };
    }
  }
  const { branches, default: name } = await client.get('/branches', { query });
  if (name === null) {
    return { revision: 'HEAD' };
  }
  // As GitLab has it: a local branch of that name may be old.
  const remote = now.repository.remote?.name;
  if (remote !== undefined) {
    const page = await client
      .get('/commits', {
        query: { ...query, revision: `${remote}/${name}`, per_page: 1 }
      })
      .catch(() => null);
    if (page?.items[0]) {
      return { revision: page.items[0].sha, name: `${remote}/${name}` };
    }
  }
  const local = branches.find(branch => branch.name === name);
  return local ? { revision: local.sha, name } : { revision: 'HEAD' };
}

/** Opens the project, or a file of it on the current branch, on GitLab's own page. */
export async function openOnGitLab(
  services: IServices,
  path?: string
): Promise<void> {
  const { gitlab, trans } = services;
  const now = current(gitlab);
  if (!now) {
    return;
  }
  const project = await run(
    services,
    signal =>
      gitlab.client.get('/projects', {
        query: { folder: now.folder },
        signal
      }),
    { failure: trans.__('GitLab’s page could not be opened.') }
  );
  if (project) {
    const id =
      path === undefined ? null : await idOfContentsPath(services, now, path);
    window.open(
      fileUrl(project, now.repository.branch, id),
      '_blank',
      'noopener,noreferrer'
    );
  }
}

function fileUrl(
  project: Schemas['Project'],
  branch: string | null,
  id: string | null
): string {
  return id === null || branch === null
    ? project.web_url
    : `${project.web_url}/-/blob/${pathId(branch)}/${id}`;
}
