import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import { hashKey, type QueryKey } from '@tanstack/react-query';

import type { Schemas } from '../api/client';
import { hasCode } from '../api/errors';
import { hostsQuery, inboxCountsQuery } from '../api/inbox';
import { keys } from '../api/keys';
import { queryClient } from '../api/queryClient';
import { onDraft } from '../panel/drafts';
import { CHOSEN_HOST, chosenHost } from '../panel/inbox/chosenHost';
import { hasHost, PANEL_ID } from '../panel/services';
import type { IGitLab } from '../tokens';
import { forgetReplies, tellReplies } from './replies';

/** Milliseconds: the window may get the focus many times a minute. */
const SHORTEST = 30_000;

/** Seconds between two looks, unless the setting says otherwise. */
const INTERVAL = 300;

/** The attribute (after `data-`) from which the style sheet makes the number on the icon. */
const WAITING = 'gitlab-waiting';

export interface IInboxWatchOptions {
  app: Pick<JupyterFrontEnd, 'commands' | 'shell'>;
  gitlab: IGitLab;
  trans: TranslationBundle;
  settings: ISettingRegistry.ISettings | null;
}

/**
 * Looks from time to time how much waits on the current repository's GitLab, or without one on the GitLab whose inbox
 * shows then, and whether somebody replied: for the sidebar's icon, which is on screen while the panel is not.
 * While the page is hidden nothing is asked.
 */
export class InboxWatch {
  constructor(private readonly _options: IInboxWatchOptions) {}

  start(): void {
    const { gitlab } = this._options;
    gitlab.stateChanged.connect(() => {
      const host = this._host();
      if (host !== this._asked) {
        this._show(0);
        void this.look();
      }
    });
    const back = () => {
      if (Date.now() - this._last >= SHORTEST) {
        void this.look();
      }
    };
    window.addEventListener('focus', back);
    document.addEventListener('visibilitychange', back);
    onDraft(CHOSEN_HOST, () => {
      this._show(0);
      void this.look();
    });
    queryClient.getQueryCache().subscribe(({ query, type }) => {
      if (type !== 'removed') {
        this._follow(query.queryKey);
      }
    });
    this._tick();
    void this.look();
  }

  /** Asks now. What fails is left to the panel to tell. */
  async look(): Promise<void> {
    this._asked = this._host();
    if (document.visibilityState === 'hidden') {
      return;
    }
    const { app, gitlab, trans } = this._options;
    const { client } = gitlab;
    try {
      if (this._isElsewhere()) {
        await queryClient.fetchQuery({
          ...hostsQuery(client),
          staleTime: SHORTEST
        });
      }
      const folder = this._folder();
      if (folder === null) {
        return;
      }
      this._last = Date.now();
      const account = await queryClient.fetchQuery({
        queryKey: keys.account(folder),
        queryFn: () => client.get('/accounts', { query: { folder } }),
        staleTime: SHORTEST
      });
      if (!account.signed_in || account.problem) {
        this._show(0);
        return;
      }
      const { waiting } = await queryClient.fetchQuery({
        ...inboxCountsQuery(client, folder),
        staleTime: SHORTEST
      });
      if (folder === this._folder()) {
        this._show(waiting);
      }
      if (this._setting('replyNotifications', true)) {
        const { commands } = app;
        await tellReplies({ client, commands, trans, folder, account });
      } else {
        forgetReplies(account);
      }
    } catch {
      // Asked again after the interval.
    }
  }

  private _tick(): void {
    window.setTimeout(
      () => {
        void this.look();
        this._tick();
      },
      1000 * this._setting('inboxInterval', INTERVAL)
    );
  }

  /** What the panel has asked meanwhile. */
  private _follow(changed: QueryKey): void {
    const folder = this._folder();
    if (folder === null) {
      return;
    }
    const account = keys.account(folder);
    const counts = keys.inboxCounts(folder);
    if (hashKey(changed) === hashKey(account)) {
      const found = queryClient.getQueryData<Schemas['Account']>(account);
      if (found && !found.signed_in) {
        this._show(0);
      }
    } else if (
      [counts, keys.hosts].some(key => hashKey(key) === hashKey(changed))
    ) {
      const found = queryClient.getQueryData<Schemas['InboxCounts']>(counts);
      if (found) {
        this._show(found.waiting);
      }
    }
  }

  /** Whether there is no repository, so that the panel shows the inbox alone. */
  private _isElsewhere(): boolean {
    const { state } = this._options.gitlab;
    return state.kind === 'failed' && hasCode(state.error, 'not_a_repository');
  }

  /** What addresses the GitLab to ask. */
  private _folder(): string | null {
    const { state } = this._options.gitlab;
    if (state.kind === 'ready') {
      return hasHost(state) ? state.folder : null;
    }
    const known = this._isElsewhere()
      ? queryClient.getQueryData<Schemas['Hosts']>(keys.hosts)
      : undefined;
    const host = known && chosenHost(known.hosts);
    return host?.has_token ? host.address : null;
  }

  /** Another one when another GitLab is meant. */
  private _host(): string | null {
    const { state } = this._options.gitlab;
    return state.kind === 'ready'
      ? (state.repository.remote?.host ?? null)
      : state.kind === 'failed'
        ? ''
        : null;
  }

  private _setting<T extends boolean | number>(name: string, fallback: T): T {
    const value = this._options.settings?.composite[name];
    return typeof value === typeof fallback ? (value as T) : fallback;
  }

  private _show(waiting: number): void {
    const { app, trans } = this._options;
    for (const { id, title } of app.shell.widgets('left')) {
      if (id === PANEL_ID) {
        // Beside what JupyterLab keeps there to find its tabs.
        const dataset: Record<string, string> = { ...title.dataset };
        delete dataset[WAITING];
        if (waiting > 0) {
          dataset[WAITING] = waiting > 99 ? '99+' : String(waiting);
        }
        title.dataset = dataset;
        title.caption =
          waiting > 0
            ? trans._n(
                'GitLab: %1 thing waits for you',
                'GitLab: %1 things wait for you',
                waiting
              )
            : 'GitLab';
      }
    }
  }

  private _asked: string | null = null;
  private _last = 0;
}
