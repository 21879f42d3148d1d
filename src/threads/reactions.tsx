import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as React from 'react';

import type { Schemas } from '../api/client';
import { useClient, useTrans } from '../api/context';
import { keys } from '../api/keys';
import { useAccount } from '../api/queries';
import { ErrorBox, IconButton } from '../components';
import { reactIcon } from '../icons';
import { useThreads } from './context';
import { emojiSign, OFFERED } from './emoji';

type Award = Schemas['AwardEmoji'];

/** One emoji and who gave it. */
export interface IReaction {
  name: string;
  users: readonly string[];
  /** The one that I gave, to be taken back; null: none. */
  mine: number | null;
}

/** The reactions by emoji, in the order in which each first came. */
export function grouped(
  awards: readonly Award[],
  username: string | null
): IReaction[] {
  const names = [...new Set(awards.map(award => award.name))];
  return names.map(name => {
    const same = awards.filter(award => award.name === name);
    const mine = same.find(award => award.user.username === username);
    return {
      name,
      users: same.map(award => award.user.name),
      mine: mine?.id ?? null
    };
  });
}

/** Reactions of a note: read once somebody looks at it (`wanted`), since GitLab tells them note by note only. */
export function useReactions(noteId: number, wanted: boolean) {
  const client = useClient();
  const cache = useQueryClient();
  const { of } = useThreads();
  const queryKey = keys.awardEmoji(of.folder, of.iid, noteId);
  const path = { iid: of.iid, note_id: noteId };
  const query = { folder: of.folder };
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      client.get('/merge-requests/{iid}/notes/{note_id}/award-emoji', {
        path,
        query,
        signal
      }),
    enabled: wanted,
    staleTime: 60_000
  });
  const account = useAccount(of.folder, wanted).data;
  const change = useMutation({
    mutationFn: ({ name, mine }: Pick<IReaction, 'name' | 'mine'>) =>
      mine === null
        ? client.post('/merge-requests/{iid}/notes/{note_id}/award-emoji', {
            path,
            query,
            body: { name }
          })
        : client.delete(
            '/merge-requests/{iid}/notes/{note_id}/award-emoji/{award_id}',
            { path: { ...path, award_id: mine }, query }
          ),
    onSuccess: reply => cache.setQueryData(queryKey, reply)
  });
  return {
    reactions: grouped(data?.award_emoji ?? [], account?.username ?? null),
    change
  };
}

export type Reactions = ReturnType<typeof useReactions>;

/** The emoji under a note: pressing one gives it or takes it back. */
export function ReactionRow(props: {
  reactions: Reactions;
}): React.JSX.Element | null {
  const trans = useTrans();
  const { reactions, change } = props.reactions;
  if (reactions.length === 0 && !change.error) {
    return null;
  }
  return (
    <div className="jp-gitlab-Reactions">
      {reactions.map(each => (
        <button
          key={each.name}
          type="button"
          aria-pressed={each.mine !== null}
          aria-label={trans.__(
            '%1: %2',
            each.name.replace(/_/g, ' '),
            each.users.join(', ')
          )}
          title={each.users.join(', ')}
          onClick={() => change.mutate(each)}
        >
          {emojiSign(each.name)} {each.users.length}
        </button>
      ))}
      {change.error && (
        <ErrorBox
          title={trans.__('The reaction did not reach GitLab.')}
          error={change.error}
          onDismiss={() => change.reset()}
        />
      )}
    </div>
  );
}

/** The button that offers emoji. */
export function ReactionPicker(props: {
  reactions: Reactions;
}): React.JSX.Element {
  const trans = useTrans();
  const { reactions, change } = props.reactions;
  const [open, setOpen] = React.useState(false);
  const button = React.useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <span
      className="jp-gitlab-ReactionPicker"
      onBlur={event => {
        if (!event.currentTarget.contains(event.relatedTarget)) {
          setOpen(false);
        }
      }}
      onKeyDown={event => {
        if (event.key === 'Escape' && open) {
          event.stopPropagation();
          close();
        }
      }}
    >
      <IconButton
        ref={button}
        icon={reactIcon}
        label={trans.__('React')}
        aria-expanded={open}
        busy={change.isPending}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <span role="group" aria-label={trans.__('Reactions')}>
          {OFFERED.map(([name, sign], index) => {
            const mine =
              reactions.find(each => each.name === name)?.mine ?? null;
            return (
              <button
                key={name}
                type="button"
                // The picker was opened to choose.
                autoFocus={index === 0}
                aria-pressed={mine !== null}
                aria-label={name.replace(/_/g, ' ')}
                title={name.replace(/_/g, ' ')}
                onClick={() => {
                  change.mutate({ name, mine });
                  close();
                }}
              >
                {sign}
              </button>
            );
          })}
        </span>
      )}
    </span>
  );
}
