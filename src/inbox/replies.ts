import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import type { ApiClient, Schemas } from '../api/client';
import { plainTitle } from '../components/mergeRequest';
import { CommandIDs, EXTENSION_ID } from '../tokens';

/** More replies than this at once are told in one notification. */
const MOST_SINGLE = 3;

/** How many of the last replies are remembered as told. */
const MOST_TOLD = 100;

/** Characters of a reply that a notification shows. */
const MOST_TEXT = 80;

/** Milliseconds that a notification is in sight; it stays in the list of notifications. */
const SHOWN = 15_000;

/** What this browser has told the user, kept over reloads and shared by its windows. */
interface ITold {
  since: string | null;
  told: number[];
}

function keyOf(account: Schemas['Account']): string {
  return `${EXTENSION_ID}:replies:${account.url}:${account.user_id ?? ''}`;
}

function read(key: string): ITold | null {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? 'null') as ITold;
    return value && Array.isArray(value.told) ? value : null;
  } catch {
    return null;
  }
}

function write(key: string, value: ITold): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false; // what can't be remembered would be told for ever
  }
}

/** Nobody wants to be told: what comes meanwhile is not told later either. */
export function forgetReplies(account: Schemas['Account']): void {
  localStorage.removeItem(keyOf(account));
}

/** Notifies of replies that have come since the last look, each once. The first look only notes the time. */
export async function tellReplies(options: {
  client: ApiClient;
  commands: CommandRegistry;
  trans: TranslationBundle;
  folder: string;
  account: Schemas['Account'];
}): Promise<void> {
  const { client, folder, account } = options;
  const key = keyOf(account);
  const found = await client.get('/inbox/replies', {
    query: { folder, since: read(key)?.since ?? null }
  });
  const known = read(key); // another window may have told them while we asked
  const fresh = found.replies.filter(
    reply => !known?.told.includes(reply.note_id)
  );
  const told = [...(known?.told ?? []), ...fresh.map(each => each.note_id)];
  const kept = write(key, {
    since: found.checked_at ?? known?.since ?? null,
    told: told.slice(-MOST_TOLD)
  });
  if (kept && fresh.length > 0) {
    notify(fresh, options);
  }
}

function notify(
  replies: readonly Schemas['ReplyToMe'][],
  options: { commands: CommandRegistry; trans: TranslationBundle }
): void {
  const { commands, trans } = options;
  if (replies.length > MOST_SINGLE) {
    Notification.info(trans.__('%1 new replies on GitLab', replies.length), {
      autoClose: SHOWN,
      actions: [
        {
          label: trans.__('Show inbox'),
          callback: () => void commands.execute(CommandIDs.showInbox)
        }
      ]
    });
    return;
  }
  for (const { author, text, item } of replies) {
    const { iid } = item.merge_request;
    const short =
      text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
    Notification.info(
      trans.__(
        '%1 in !%2 %3: %4',
        author.name,
        iid,
        plainTitle(item.merge_request),
        short
      ),
      {
        autoClose: SHOWN,
        actions: [
          {
            label: trans.__('Open'),
            callback: () =>
              void commands.execute(CommandIDs.openMergeRequest, {
                folder: item.address,
                iid
              })
          }
        ]
      }
    );
  }
}
