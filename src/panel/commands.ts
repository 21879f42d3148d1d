import { type CommandRegistry } from '@lumino/commands';
import type {
  ReadonlyJSONObject,
  ReadonlyPartialJSONObject
} from '@lumino/coreutils';

import { copyLink } from '../components/copyLink';
import { loaded } from '../loading';
import { CommandIDs } from '../tokens';
import { current, type IServices } from './services';

type Properties = ReadonlyPartialJSONObject;
type Actions = typeof import('./actions');

interface ICommand {
  label: string;
  caption?: string;
  /** JSON schemas of the arguments. */
  args?: Properties;
  required?: string[];
  /** `repository`: needs a clone; `remote`: one with a GitLab remote; `merge-request`: a branch that has one. */
  needs?: 'repository' | 'remote' | 'merge-request';
  execute: (actions: Actions, args: ReadonlyPartialJSONObject) => unknown;
}

const text = (description: string): ReadonlyPartialJSONObject => ({
  type: 'string',
  description
});
const flag = (description: string): ReadonlyPartialJSONObject => ({
  type: 'boolean',
  description
});
const paths: ReadonlyPartialJSONObject = {
  type: 'array',
  items: { type: 'string' },
  description:
    'Files relative to the top of the work tree, percent-encoded (path ids).'
};
const commitArgs: Properties = {
  message: text('The commit message; default: what is typed in the panel.'),
  includeNewer: flag(
    'Take the newest version of ticked files that changed since; default true.'
  )
};

const string = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
const boolean = (value: unknown): boolean | undefined =>
  typeof value === 'boolean' ? value : undefined;
const strings = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string')
    : [];

/** Every action of the panel as a command. The code behind them is loaded when the first of them runs. */
export function panelCommands(services: IServices): Record<string, ICommand> {
  const { trans } = services;
  const commit = (
    after: 'nothing' | 'push' | 'merge-request'
  ): ICommand['execute'] => {
    return (actions, args) =>
      actions.commit(services, {
        after,
        message: string(args.message),
        includeNewer: boolean(args.includeNewer)
      });
  };
  return {
    [CommandIDs.stage]: {
      label: trans.__('Tick Files for the Commit'),
      args: { paths },
      required: ['paths'],
      needs: 'repository',
      execute: (actions, args) =>
        actions.setTicked(services, strings(args.paths), true)
    },
    [CommandIDs.unstage]: {
      label: trans.__('Untick Files'),
      args: { paths },
      required: ['paths'],
      needs: 'repository',
      execute: (actions, args) =>
        actions.setTicked(services, strings(args.paths), false)
    },
    [CommandIDs.stageAll]: {
      label: trans.__('Tick All Changed Files'),
      needs: 'repository',
      execute: actions => actions.setAllTicked(services, true)
    },
    [CommandIDs.unstageAll]: {
      label: trans.__('Untick All Files'),
      needs: 'repository',
      execute: actions => actions.setAllTicked(services, false)
    },
    [CommandIDs.discard]: {
      label: trans.__('Discard Changes…'),
      args: { paths },
      required: ['paths'],
      needs: 'repository',
      execute: (actions, args) =>
        actions.discardPaths(services, strings(args.paths))
    },
    [CommandIDs.commit]: {
      label: trans.__('Commit'),
      args: commitArgs,
      needs: 'repository',
      execute: commit('nothing')
    },
    [CommandIDs.commitAndPush]: {
      label: trans.__('Commit and Push'),
      args: commitArgs,
      needs: 'remote',
      execute: commit('push')
    },
    [CommandIDs.commitAndOpenMergeRequest]: {
      label: trans.__('Commit and Open Merge Request'),
      args: commitArgs,
      needs: 'remote',
      execute: commit('merge-request')
    },
    [CommandIDs.fetch]: {
      label: trans.__('Fetch'),
      needs: 'remote',
      execute: actions => actions.fetch(services)
    },
    [CommandIDs.pull]: {
      label: trans.__('Pull'),
      caption: trans.__('Fetch and fast-forward the current branch'),
      args: {
        folder: text('The repository; default: that of the panel.'),
        branch: text('Only if the repository is on this branch.')
      },
      needs: 'remote',
      execute: (actions, args) => {
        const folder = string(args.folder);
        const branch = string(args.branch);
        return folder !== undefined && branch !== undefined
          ? actions.pullBranch(services, folder, branch)
          : actions.pull(services);
      }
    },
    [CommandIDs.push]: {
      label: trans.__('Push'),
      needs: 'remote',
      execute: actions => actions.push(services)
    },
    [CommandIDs.sync]: {
      label: trans.__('Sync with GitLab'),
      caption: trans.__('Fetch, pull and push the current branch'),
      needs: 'remote',
      execute: actions => actions.sync(services)
    },
    [CommandIDs.createBranch]: {
      label: trans.__('Create Branch…'),
      args: {
        name: text('The branch; default: asks for it.'),
        startPoint: text('Where it starts; default: HEAD.')
      },
      needs: 'repository',
      execute: (actions, args) =>
        actions.createBranch(
          services,
          string(args.name),
          string(args.startPoint)
        )
    },
    [CommandIDs.createMergeRequest]: {
      label: trans.__('Create Merge Request…'),
      caption: trans.__('For the current branch; opens the one it has'),
      needs: 'remote',
      execute: actions => actions.createMergeRequest(services)
    },
    [CommandIDs.checkOutMergeRequest]: {
      label: trans.__('Check Out Merge Request'),
      caption: trans.__('Switch the clone to its branch, of a fork too'),
      args: { iid: { type: 'number', description: 'The number after the !' } },
      required: ['iid'],
      needs: 'remote',
      execute: (actions, args) =>
        actions.checkOutMergeRequest(services, Number(args.iid))
    },
    [CommandIDs.markReady]: {
      label: trans.__('Mark Merge Request as Ready'),
      needs: 'merge-request',
      execute: actions => actions.setDraft(services, false)
    },
    [CommandIDs.markDraft]: {
      label: trans.__('Mark Merge Request as Draft'),
      needs: 'merge-request',
      execute: actions => actions.setDraft(services, true)
    },
    [CommandIDs.copyMergeRequestLink]: {
      label: trans.__('Copy Link to Merge Request'),
      needs: 'merge-request',
      execute: () =>
        copyLink(services.gitlab.branchMergeRequest?.web_url ?? '', trans)
    },
    [CommandIDs.returnToTarget]: {
      label: trans.__('Return to Updated Target Branch'),
      caption: trans.__('Switch to the target branch and pull, after a merge'),
      args: {
        target: text('The branch; default: the project’s default branch.')
      },
      needs: 'remote',
      execute: (actions, args) =>
        actions.returnToTarget(services, string(args.target))
    },
    [CommandIDs.setIdentity]: {
      label: trans.__('Set Commit Author…'),
      needs: 'repository',
      execute: actions => actions.setIdentity(services)
    },
    [CommandIDs.signOut]: {
      label: trans.__('Sign Out of GitLab'),
      needs: 'remote',
      execute: actions => actions.signOut(services)
    },
    [CommandIDs.refresh]: {
      label: trans.__('Refresh'),
      execute: actions => actions.refreshAll(services)
    },
    [CommandIDs.openOnGitLab]: {
      label: trans.__('Open on GitLab'),
      args: {
        path: text('Contents path of a file; default: the project itself.')
      },
      needs: 'remote',
      execute: (actions, args) =>
        actions.openOnGitLab(services, string(args.path))
    },
    [CommandIDs.diffWithHead]: {
      label: trans.__('Diff with HEAD'),
      args: { path: text('Contents path; default: the active document.') },
      needs: 'repository',
      execute: (actions, args) =>
        actions.diffWithHead(services, string(args.path))
    },
    [CommandIDs.diffWithTarget]: {
      label: trans.__('Diff with Target Branch'),
      args: { path: text('Contents path; default: the active document.') },
      needs: 'repository',
      execute: (actions, args) =>
        actions.diffWithTarget(services, string(args.path))
    }
  };
}

function isEnabled(services: IServices, needs: ICommand['needs']): boolean {
  const { gitlab } = services;
  const now = current(gitlab);
  switch (needs) {
    case undefined:
      return true;
    case 'repository':
      return now !== null;
    case 'remote':
      return now !== null && now.repository.remote !== null;
    case 'merge-request':
      return gitlab.branchMergeRequest !== null;
  }
}

/** Registers the panel's commands; returns their ids. */
export function addPanelCommands(
  commands: CommandRegistry,
  services: IServices
): string[] {
  const all = panelCommands(services);
  for (const [id, command] of Object.entries(all)) {
    commands.addCommand(id, {
      label: command.label,
      caption: command.caption ?? '',
      isEnabled: () => isEnabled(services, command.needs),
      describedBy: {
        args: {
          type: 'object',
          properties: (command.args ?? {}) as ReadonlyJSONObject,
          required: command.required ?? []
        }
      },
      execute: async args =>
        command.execute(
          await loaded(() => import('./actions'), services.trans),
          args
        )
    });
  }
  const notify = () => {
    for (const id of Object.keys(all)) {
      commands.notifyCommandChanged(id);
    }
  };
  services.gitlab.stateChanged.connect(notify);
  services.gitlab.branchMergeRequestChanged.connect(notify);
  return Object.keys(all);
}
