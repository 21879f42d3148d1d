import { useQueryClient } from '@tanstack/react-query';
import * as React from 'react';

import { useClient, useTrans } from '../api/context';
import { ApiError, hasCode } from '../api/errors';
import { useThreads } from './context';
import {
  deliver,
  type IDelivery,
  isEdit,
  newestKnown,
  refreshAfter
} from './delivery';
import { type DraftTarget, type ITried, targetKey } from './drafts';
import type { SendMode } from './types';

/** How far a text has got. */
export type SendState =
  | { kind: 'idle' }
  | { kind: 'sending'; mode: SendMode }
  /** Sending again: looking first whether GitLab has it. */
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
  /** How the text was sent before, while it is not known what became of that: it can be sent again like that only. */
  tried: SendMode | null;
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
  const key = `${of.projectUrl}!${of.iid}:${targetKey(target)}`;
  const [state, setState] = React.useState<SendState>(() => {
    const left = drafts.tried(target);
    return left === null || underWay.has(key)
      ? { kind: 'idle' }
      : {
          kind: 'failed',
          mode: left.mode,
          error: new Error(
            trans.__('The page was closed before an answer came.')
          ),
          doubt: 'unknown'
        };
  });

  const attempt = async (delivery: IDelivery): Promise<void> => {
    const { body, mode } = delivery;
    const before = drafts.tried(target);
    const known = newestKnown(cache, of, mode);
    const tried: ITried | null =
      before ??
      (isEdit(target) || known === null ? null : { mode, known, bodies: [] });
    if (tried !== null) {
      // Also for the page that comes after this one.
      drafts.setTried(target, { ...tried, bodies: [...tried.bodies, body] });
    }
    setState({ kind: before ? 'checking' : 'sending', mode });
    try {
      await deliver(client, cache, delivery, tried);
    } catch (error) {
      if (!isUnsure(error)) {
        drafts.setTried(target, before);
      }
      throw error;
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
      const doubt = drafts.tried(target) ? doubtOf(error) : 'none';
      setState({ kind: 'failed', mode, error, doubt });
      return false;
    } finally {
      underWay.delete(key);
    }
    drafts.set(target, '');
    setState({ kind: 'idle' });
    refreshAfter(cache, delivery);
    return true;
  };

  return { state, tried: drafts.tried(target)?.mode ?? null, send };
}

/** Of a text that may be on GitLab. */
function doubtOf(error: unknown): Doubt {
  return error instanceof ApiError && error.details.arrived === false
    ? 'absent'
    : 'unknown';
}
