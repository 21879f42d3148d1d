import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useVersionFiles, useVersions } from '../../api/mergeRequestQueries';
import { useAccount } from '../../api/queries';
import { useDocument } from '../context';
import { type ILastReview, lastReview, versionNumber } from './lastReview';
import { type IVersionChoice, NEWEST } from './picker';

type Files = Schemas['MergeRequestFiles'];

/** Which files are shown, and what is known of my last review. */
export interface IChosenVersion {
  versions: readonly Schemas['Version'][];
  choice: IVersionChoice;
  choose: React.Dispatch<React.SetStateAction<IVersionChoice>>;
  /** What to show; undefined while it is read or if that failed. */
  files: Files | undefined;
  error: unknown;
  retry: () => void;
  review: IReviewedVersion | null;
}

export interface IReviewedVersion {
  last: ILastReview;
  number: number;
  /** Paths of the files on the page that have changed since; null while that is not known. */
  changed: ReadonlySet<string> | null;
  comparing: boolean;
  compare: (comparing: boolean) => void;
}

/** The version that the reader has chosen; `newest` is the one that stays on the page until a reload. */
export function useVersionChoice(
  mergeRequest: Schemas['MergeRequest'],
  newest: Files,
  discussions: readonly Schemas['Discussion'][]
): IChosenVersion {
  const { folder, iid } = useDocument();
  const [choice, choose] = React.useState(NEWEST);
  const head = newest.diff_refs.head_sha;
  const query = useVersions(folder, iid, head);
  const all = query.data?.versions;
  const me = useAccount(folder).data?.user_id ?? null;

  // What the page does not show yet is not offered either.
  const versions = React.useMemo(() => {
    const known = all ?? [];
    const at = known.findIndex(each => each.diff_refs.head_sha === head);
    return at > 0 ? known.slice(at) : known;
  }, [all, head]);
  const newestId = versions[0]?.id ?? 0;
  const plain = choice.version === null && choice.since === null;
  const chosen = useVersionFiles(
    folder,
    iid,
    choice.version ?? newestId,
    choice.since,
    !plain && newestId !== 0
  );

  const last = React.useMemo(
    () => lastReview(mergeRequest, versions, discussions, me),
    [mergeRequest, versions, discussions, me]
  );
  const reviewed = last !== null && last.version.id !== newestId ? last : null;
  const since = useVersionFiles(
    folder,
    iid,
    newestId,
    reviewed?.version.id ?? null,
    reviewed !== null
  );
  const changed = React.useMemo(
    () =>
      since.data ? new Set(since.data.files.map(file => file.path.id)) : null,
    [since.data]
  );
  const comparing =
    choice.version === null && choice.since === reviewed?.version.id;

  return {
    versions,
    choice,
    choose,
    files: plain ? newest : chosen.data,
    error: plain ? null : chosen.error,
    retry: () => void chosen.refetch(),
    review: reviewed && {
      last: reviewed,
      number: versionNumber(versions, reviewed.version.id),
      changed,
      comparing,
      compare: on =>
        choose({ version: null, since: on ? reviewed.version.id : null })
    }
  };
}
