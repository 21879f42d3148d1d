import { skipToken, useQuery } from '@tanstack/react-query';

import type { Schemas } from '../api/client';
import { useClient, useTrans } from '../api/context';
import { NO_CELL } from '../diff/types';
import type { IBox } from './boxes';
import { useThreads } from './context';
import type { PlacedTarget } from './drafts';

type CommentPlace = Schemas['CommentPlace'];
type LinePlace = Schemas['LinePlace'];

/** Where a comment on a cell or an output would go; null while that is not known, and for lines. */
function useCommentPlace(box: IBox): CommentPlace | null {
  const client = useClient();
  const { of } = useThreads();
  const position = box.target.kind === 'cell' ? box.target.position : null;
  const { data } = useQuery({
    queryKey: ['gitlab', of.folder, 'local', 'comment-place', position],
    queryFn:
      position === null
        ? skipToken
        : ({ signal }) =>
            client.get('/comment-places', {
              query: {
                ...versionsOf(of.folder, position),
                side: position.side,
                index: position.index,
                output: position.output
              },
              signal
            }),
    staleTime: Infinity
  });
  return data ?? null;
}

/** Where GitLab's page shows a comment on a line of a notebook; null while that is not known, and for other files. */
function useLinePlace(box: IBox): LinePlace | null {
  const client = useClient();
  const { of } = useThreads();
  const { spot, target } = box;
  const position =
    target.kind === 'line' && spot.kind === 'row' && spot.place.cell !== NO_CELL
      ? target.position
      : null;
  const { data } = useQuery({
    queryKey: ['gitlab', of.folder, 'local', 'line-place', position],
    queryFn:
      position === null
        ? skipToken
        : ({ signal }) =>
            client.get('/line-places', {
              query: {
                ...versionsOf(of.folder, position),
                old_line: position.old_line,
                new_line: position.new_line
              },
              signal
            }),
    staleTime: Infinity
  });
  return data ?? null;
}

function versionsOf(
  folder: string,
  position: PlacedTarget['position']
): { folder: string } & Pick<
  PlacedTarget['position'],
  'base_sha' | 'head_sha' | 'old_path' | 'new_path'
> {
  const { base_sha, head_sha, old_path, new_path } = position;
  return { folder, base_sha, head_sha, old_path, new_path };
}

/** What the writer of a comment must know of its place; undefined: nothing. */
export function useCommentHint(box: IBox): string | undefined {
  const trans = useTrans();
  const place = useCommentPlace(box);
  const line = useLinePlace(box);
  if (line?.shown === false || place?.rung === 'hidden') {
    return trans.__(
      'Markdown is supported. GitLab’s own page has no row for this line: it shows this comment under Overview.'
    );
  }
  if (place?.rung === 'general') {
    return trans.__(
      'GitLab takes no comment on any line of this cell: it shows this one under Overview, with the name of the cell. Here it stands at the cell.'
    );
  }
  if (place?.rung === 'cell') {
    return trans.__(
      'GitLab’s own page has no row for this output: there the comment stands at its cell and names the output.'
    );
  }
  return place && !place.shown
    ? trans.__(
        'Markdown is supported. GitLab shows this comment under Overview.'
      )
    : undefined;
}
