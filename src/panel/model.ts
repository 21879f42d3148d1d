import type { Contents } from '@jupyterlab/services';
import { type ISignal, Signal } from '@lumino/signaling';

import type { ApiClient } from '../api/client';
import { ApiError } from '../api/errors';
import { findOpenMergeRequest } from '../api/mergeRequests';
import type {
  BranchMergeRequest,
  IGitLab,
  PanelRequest,
  RepositoryState
} from '../tokens';
import { hasHost } from './services';

/** Milliseconds: what the panel could not do by then would only surprise. */
const REQUEST_LIFE = 5000;

export interface IRepositoryModelOptions {
  client: ApiClient;
  /** The folder to look in now; null: it lies on no disk of the server. */
  currentFolder: () => string | null;
}

/** The repository of the current folder, asked for once whenever the folder or the repository may have changed. */
export class RepositoryModel implements IGitLab {
  constructor(private readonly _options: IRepositoryModelOptions) {
    this.client = _options.client;
  }

  readonly client: ApiClient;

  get state(): RepositoryState {
    return this._state;
  }

  get stateChanged(): ISignal<this, RepositoryState> {
    return this._stateChanged;
  }

  get fileChanged(): ISignal<this, string> {
    return this._fileChanged;
  }

  get branchMergeRequest(): BranchMergeRequest | null {
    return this._branchMergeRequest;
  }

  get branchMergeRequestChanged(): ISignal<this, BranchMergeRequest | null> {
    return this._branchMergeRequestChanged;
  }

  get panelRequested(): ISignal<this, PanelRequest> {
    return this._panelRequested;
  }

  requestPanel(request: PanelRequest): void {
    this._requested = { request, at: Date.now() };
    this._panelRequested.emit(request);
  }

  takePanelRequest(request: PanelRequest): boolean {
    if (
      this._requested?.request !== request ||
      Date.now() - this._requested.at > REQUEST_LIFE
    ) {
      return false;
    }
    this._requested = null;
    return true;
  }

  setBranchMergeRequest(mergeRequest: BranchMergeRequest | null): void {
    const kept = mergeRequest && {
      iid: mergeRequest.iid,
      title: mergeRequest.title,
      draft: mergeRequest.draft,
      web_url: mergeRequest.web_url
    };
    if (JSON.stringify(kept) === JSON.stringify(this._branchMergeRequest)) {
      return;
    }
    this._branchMergeRequest = kept;
    this._branchMergeRequestChanged.emit(kept);
  }

  /** Looks again if the folder is another one than that last asked about. */
  async follow(): Promise<void> {
    if (this._options.currentFolder() !== this._asked) {
      await this.refresh();
    }
  }

  async refresh(): Promise<void> {
    const folder = this._options.currentFolder();
    this._asked = folder;
    // Answers may overtake each other: only the newest question counts.
    const turn = ++this._turn;
    const state = await this._ask(folder);
    if (turn === this._turn) {
      this._setState(state);
    }
  }

  /** A file was saved, created, renamed or deleted through JupyterLab. */
  onFileChanged(change: Contents.IChangedArgs): void {
    const paths = [change.oldValue?.path, change.newValue?.path];
    for (const path of new Set(paths)) {
      if (path !== undefined) {
        this._fileChanged.emit(path);
      }
    }
  }

  private async _ask(folder: string | null): Promise<RepositoryState> {
    if (folder === null) {
      return {
        kind: 'failed',
        folder: '',
        error: new ApiError(404, {
          code: 'not_a_repository',
          message: '',
          hint: ''
        })
      };
    }
    try {
      const repository = await this.client.get('/repositories', {
        query: { folder }
      });
      // The top of the work tree, so that all its sub-folders share one address. Above the server root it has none:
      // then the root itself leads there.
      return { kind: 'ready', folder: repository.folder ?? '', repository };
    } catch (error) {
      return {
        kind: 'failed',
        folder,
        error:
          error instanceof ApiError
            ? error
            : new ApiError(0, {
                code: 'unexpected_answer',
                message: String(error),
                hint: ''
              })
      };
    }
  }

  private _setState(state: RepositoryState): void {
    const old = this._state;
    if (JSON.stringify(old) === JSON.stringify(state)) {
      return;
    }
    this._state = state;
    this._stateChanged.emit(state);
    if (branchKey(old) !== branchKey(state)) {
      this.setBranchMergeRequest(null);
      void this._lookUpMergeRequest(state);
    }
  }

  /** For the status bar, once a branch. GitLab may not be there or not know us: then nothing is shown. */
  private async _lookUpMergeRequest(state: RepositoryState): Promise<void> {
    if (
      state.kind !== 'ready' ||
      state.repository.branch === null ||
      !hasHost(state)
    ) {
      return;
    }
    try {
      const account = await this.client.get('/accounts', {
        query: { folder: state.folder }
      });
      if (!account.signed_in || account.problem) {
        return;
      }
      const found = await findOpenMergeRequest(
        this.client,
        state.folder,
        state.repository.branch
      );
      if (branchKey(this._state) === branchKey(state)) {
        this.setBranchMergeRequest(found);
      }
    } catch {
      // The panel says what is wrong with GitLab; the status bar does without.
    }
  }

  private _state: RepositoryState = { kind: 'loading' };
  private _stateChanged = new Signal<this, RepositoryState>(this);
  private _fileChanged = new Signal<this, string>(this);
  private _branchMergeRequest: BranchMergeRequest | null = null;
  private _branchMergeRequestChanged = new Signal<
    this,
    BranchMergeRequest | null
  >(this);
  private _panelRequested = new Signal<this, PanelRequest>(this);
  private _requested: { request: PanelRequest; at: number } | null = null;
  private _asked: string | null | undefined = undefined;
  private _turn = 0;
}

function branchKey(state: RepositoryState): string {
  return state.kind === 'ready'
    ? `${state.repository.id}\n${state.repository.branch ?? ''}\n${state.repository.remote?.url ?? ''}`
    : '';
}
