import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

import type { ApiClient, Schemas } from './api/client';
import type { ApiError } from './api/errors';

/** The id of this extension: prefix of plugin ids, settings and icon names. */
export const EXTENSION_ID = 'jupyterlab-gitlab-workflow';

/** The translation domain of every string shown to the user. */
export const TRANSLATION_DOMAIN = 'jupyterlab_gitlab';

/** What is known of the repository that the current folder lies in. */
export type RepositoryState =
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'ready';
      /** Addresses the repository in every request: its top where that is inside the server root. */
      readonly folder: string;
      readonly repository: Schemas['Repository'];
    }
  | {
      readonly kind: 'failed';
      readonly folder: string;
      readonly error: ApiError;
    };

/**
 * The heart of the extension's frontend, small enough to be there from the start.
 *
 * It follows the *current folder* (the active document's, else the file browser's) and holds the repository found there.
 * Everything else is asked through `client` by those who show it.
 */
export interface IGitLab {
  readonly client: ApiClient;

  /** The repository of the current folder. */
  readonly state: RepositoryState;
  readonly stateChanged: ISignal<IGitLab, RepositoryState>;

  /** Asks again for the repository of the current folder: after commands that move branches or commits. */
  refresh(): Promise<void>;

  /** Emitted with the contents path of a file that was saved, created, renamed or deleted through JupyterLab. */
  readonly fileChanged: ISignal<IGitLab, string>;

  /** The open merge request of the current branch; null: none, or GitLab could not be asked. */
  readonly branchMergeRequest: BranchMergeRequest | null;
  readonly branchMergeRequestChanged: ISignal<
    IGitLab,
    BranchMergeRequest | null
  >;

  /** Told by whoever has asked GitLab, so that it shows everywhere. */
  setBranchMergeRequest(mergeRequest: BranchMergeRequest | null): void;

  /** Emitted by commands for what the panel keeps beside server state (its message box, its sign-in form). */
  readonly panelRequested: ISignal<IGitLab, PanelRequest>;

  /** Asks the panel for something; see {@link panelRequested}. */
  requestPanel(request: PanelRequest): void;

  /** Whether this was asked for just now and not done yet; true only once. Parts that were drawn later look here. */
  takePanelRequest(request: PanelRequest): boolean;
}

/** As much of a merge request as the status bar shows. */
export type BranchMergeRequest = Pick<
  Schemas['MergeRequestSummary'],
  'iid' | 'title' | 'draft' | 'web_url'
>;

/** What a command may ask of the panel. */
export type PanelRequest =
  'focus-message' | 'focus-branches' | 'focus-sign-in' | 'show-inbox';

/** Provided by the panel's model plugin; required by everything of this extension that shows a repository. */
export const IGitLab = new Token<IGitLab>(
  `${EXTENSION_ID}:IGitLab`,
  'The GitLab repository of the current folder and the client of the server part.'
);

/**
 * A main-area widget that belongs to a repository without being one of its documents (a merge request, a diff).
 * While it is active, the panel shows that repository.
 */
export interface IRepositoryWidget {
  /** The folder that addresses the repository; for the address of a project without a clone the panel stays as it is. */
  readonly gitlabFolder: string;
}

/** Commands that cross from one room to another; arguments are described where they are registered. */
export namespace CommandIDs {
  /** `{folder, iid}`: opens a merge request in the main area. */
  export const openMergeRequest = 'gitlab:open-merge-request';
  /** `{folder, old, new, old_path, new_path, label}` (revisions and path ids as `/diffs` takes them): opens a file's diff. */
  export const openDiff = 'gitlab:open-diff';
  export const showPanel = 'gitlab:show-panel';
  export const refresh = 'gitlab:refresh';
  export const signIn = 'gitlab:sign-in';
  export const signOut = 'gitlab:sign-out';
  export const stageAll = 'gitlab:stage-all';
  export const unstageAll = 'gitlab:unstage-all';
  export const stage = 'gitlab:stage';
  export const unstage = 'gitlab:unstage';
  export const discard = 'gitlab:discard';
  export const commit = 'gitlab:commit';
  export const commitAndPush = 'gitlab:commit-and-push';
  export const commitAndOpenMergeRequest =
    'gitlab:commit-and-open-merge-request';
  export const commitNotebook = 'gitlab:commit-notebook';
  export const fetch = 'gitlab:fetch';
  export const pull = 'gitlab:pull';
  export const push = 'gitlab:push';
  export const sync = 'gitlab:sync';
  export const switchBranch = 'gitlab:switch-branch';
  export const createBranch = 'gitlab:create-branch';
  /** Shows the panel with what waits in all projects. */
  export const showInbox = 'gitlab:show-inbox';
  /** Removes what is kept of projects that have no clone. */
  export const clearCachedProjects = 'gitlab:clear-cached-projects';
  export const createMergeRequest = 'gitlab:create-merge-request';
  /** `{iid}`: switches the clone to a merge request's branch. */
  export const checkOutMergeRequest = 'gitlab:check-out-merge-request';
  export const markReady = 'gitlab:mark-ready';
  export const markDraft = 'gitlab:mark-draft';
  export const copyMergeRequestLink = 'gitlab:copy-merge-request-link';
  export const returnToTarget = 'gitlab:return-to-target-branch';
  export const setIdentity = 'gitlab:set-identity';
  export const openOnGitLab = 'gitlab:open-on-gitlab';
  export const diffWithHead = 'gitlab:diff-with-head';
  export const diffWithTarget = 'gitlab:diff-with-target';
  /** `{path, id, index}`: shows a cell in the notebook itself. */
  export const openCell = 'gitlab:open-cell';
  /** `{path, id, index}`: shows a cell of a notebook in its diff. */
  export const showCellInDiff = 'gitlab:show-cell-in-diff';
  /** `{path}`: the commits of a file, two of which are compared. */
  export const fileHistory = 'gitlab:file-history';
  export const compareWithHead = 'gitlab:compare-with-head';
  export const compareWithBranch = 'gitlab:compare-with-branch';
  export const compareWithCommit = 'gitlab:compare-with-commit';
  export const compareWithFile = 'gitlab:compare-with-file';
  export const compareSelected = 'gitlab:compare-selected';
}
