import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useDraft } from '../../panel/drafts';

/** A text that is being edited, kept in the browser until GitLab has it. */
export interface IKept {
  /** What is typed, or what GitLab has. */
  text: string;
  set: (text: string) => void;
  forget: () => void;
  /** Something is typed that GitLab does not have: perhaps before a reload. */
  unsaved: boolean;
  /** GitLab has another text by now than the one that the editing began with. */
  overtaken: boolean;
}

interface IStored {
  /** What GitLab had when the editing began. */
  from: string;
  text: string;
}

export function useKept(
  mergeRequest: Schemas['MergeRequest'],
  field: 'title' | 'description',
  now: string
): IKept {
  const [stored, store] = useDraft(`edit:${mergeRequest.web_url}:${field}`);
  const kept = React.useMemo(() => parse(stored), [stored]);
  return {
    text: kept?.text ?? now,
    set: text => {
      const from = kept?.from ?? now;
      store(text === from ? '' : JSON.stringify({ from, text }));
    },
    forget: () => store(''),
    unsaved: kept !== null && kept.text !== now,
    overtaken: kept !== null && kept.from !== now && kept.text !== now
  };
}

function parse(text: string): IStored | null {
  try {
    const value = JSON.parse(text || 'null') as Partial<IStored> | null;
    return typeof value?.from === 'string' && typeof value.text === 'string'
      ? { from: value.from, text: value.text }
      : null;
  } catch {
    return null;
  }
}
