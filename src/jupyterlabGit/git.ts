import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';

/*
 * What is used of jupyterlab-git (https://github.com/jupyterlab/jupyterlab-git, src/tokens.ts). Its package is no
 * dependency: where it is installed, it shares itself with the page.
 */

/** One version of a file. `source`: a git revision, or one of {@link SpecialRef}. */
export interface IGitContent {
  label: string;
  source: string | number;
}

export enum SpecialRef {
  WORKING = 0,
  INDEX = 1,
  BASE = 2
}

/** Two versions of a file, and in a conflict what they have in common. */
export interface IGitDiffModel {
  /** The path of the repository, in the words of Jupyter's contents. */
  readonly repositoryPath?: string;
  /** The path in the repository. */
  readonly filename: string;
  /** The old version. */
  readonly reference: IGitContent;
  /** The new version. */
  readonly challenger: IGitContent;
  readonly hasConflict?: boolean;
  readonly changed: ISignal<IGitDiffModel, unknown>;
}

/** What a provider of diffs gives. */
export interface IGitDiffWidget extends Widget {
  /** Commands of jupyterlab-git look for it. */
  readonly model: IGitDiffModel;
  readonly isFileResolved: boolean;
  /** What is saved when the user calls a conflict resolved. */
  getResolvedFile(): Promise<object>;
  refresh(): Promise<void>;
}

export type GitDiffProvider = (options: {
  model: IGitDiffModel;
}) => Promise<IGitDiffWidget>;

export interface IGitExtension {
  registerDiffProvider(
    name: string,
    extensions: string[],
    provider: GitDiffProvider
  ): void;
}

const GIT_PLUGIN = '@jupyterlab/git:plugin';

/** jupyterlab-git's own services; null if it is not there, and then nothing of it is asked for. */
export async function findGit(
  app: JupyterFrontEnd
): Promise<IGitExtension | null> {
  if (!app.hasPlugin(GIT_PLUGIN)) {
    return null;
  }
  const { IGitExtension } = (await import('@jupyterlab/git')) as {
    IGitExtension: Token<IGitExtension>;
  };
  return app.resolveOptionalService(IGitExtension);
}
