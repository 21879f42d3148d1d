import { useQueryClient } from '@tanstack/react-query';
import * as React from 'react';

import { useClient, useTrans } from '../api/context';
import { hasCode } from '../api/errors';
import { useThreads } from './context';
import {
  deliver,
  hasArrived,
  type IBefore,
  type IDelivery,
  isEdit,
  refreshAfter,
  rememberBefore,
  type SendMode
} from './delivery';
import { type DraftTarget, targetKey } from './drafts';
import { usePending } from './pending';

/** How far a text has got. */
export type SendState =
  | { kind: 'idle' }
  | { kind: 'sending'; mode: SendMode }
  /** No answer came: looking whether GitLab has it. */
  | { kind: 'checking'; mode: SendMode }
  | { kind: 'failed'; mode: SendMode; error: unknown; doubt: Doubt };

/**
 * What is known after a failure: GitLab has said no (`none`); no answer came and the text is not there (`absent`); or
 * not even that could be found out (`unknown`).
 */
export type Doubt = 'none' | 'absent' | 'unknown';

/** Failures after which GitLab may have the text nevertheless. */
function isUnsure(error: unknown): boolean {
  return (
    !hasAnswer(error) ||
    hasCode(
      error,
      'client_timeout',
      'server_unreachable',
      'unexpected_answer',
      'gitlab_timeout',
      'gitlab_unreachable',
      'gitlab_error',
      'internal'
    )
  );
}

function hasAnswer(error: unknown): boolean {
  return error instanceof Error && 'status' in error;
}

/** Targets being sent, in every view of this page: the same text can't be sent twice at a time. */
const underWay = new Set<string>();

/** Sends the text of one comment box, once at a time; what became of it is the state. */
export function useSend(target: DraftTarget): {
  state: SendState;
  /** True once GitLab has the text. */
  send: (
    body: string,
    mode: SendMode,
    resolve?: IDelivery['resolve']
  ) => Promise<boolean>;
} {
  const client = useClient();
  const trans = useTrans();
  const cache = useQueryClient();
  const { of, drafts } = useThreads();
  const pending = usePending();
  const [state, setState] = React.useState<SendState>({ kind: 'idle' });
  const key = `${of.projectUrl}!${of.iid}:${targetKey(target)}`;

  // Set while it is not known what became of the last try: the next one first looks again.
  const open = React.useRef<ITry | null>(null);

  const arrived = async (last: ITry): Promise<boolean> => {
    try {
      return await hasArrived(client, cache, last.delivery, last.before);
    } catch {
      throw new NotFoundOut(last.error);
    }
  };

  /** Throws when GitLab has not got the text. */
  const attempt = async (delivery: IDelivery): Promise<void> => {
    const { mode } = delivery;
    if (open.current !== null) {
      setState({ kind: 'checking', mode });
      const { body } = open.current.delivery;
      if (await arrived(open.current)) {
        if (body === delivery.body) {
          return;
        }
        open.current = null;
        refreshAfter(cache, delivery);
        throw new Error(
          trans.__(
            'GitLab has the comment as it was before you changed it. Send the rest as another one, or edit that one.'
          )
        );
      }
    }
    setState({ kind: 'sending', mode });
    const before = rememberBefore(cache, of, pending.notes);
    try {
      await deliver(client, cache, delivery);
    } catch (error) {
      if (!isUnsure(error) || isEdit(delivery.target)) {
        open.current = null;
        throw error;
      }
      open.current = { before, delivery, error };
      setState({ kind: 'checking', mode });
      if (!(await arrived(open.current))) {
        throw error;
      }
    }
  };

  const send = async (
    body: string,
    mode: SendMode,
    resolve?: IDelivery['resolve']
  ): Promise<boolean> => {
    if (underWay.has(key)) {
      return false;
    }
    underWay.add(key);
    const delivery = { of, target, body, mode, resolve };
    try {
      await attempt(delivery);
    } catch (error) {
      setState(
        error instanceof NotFoundOut
          ? { kind: 'failed', mode, error: error.reason, doubt: 'unknown' }
          : {
              kind: 'failed',
              mode,
              error,
              doubt: open.current === null ? 'none' : 'absent'
            }
      );
      return false;
    } finally {
      underWay.delete(key);
    }
    open.current = null;
    drafts.set(target, '');
    setState({ kind: 'idle' });
    refreshAfter(cache, delivery);
    return true;
  };

  return { state, send };
}

/** A try without an answer. */
interface ITry {
  before: IBefore;
  delivery: IDelivery;
  error: unknown;
}

/** GitLab could not even be asked whether it has the text. */
class NotFoundOut extends Error {
  constructor(readonly reason: unknown) {
    super(String(reason));
  }
}
