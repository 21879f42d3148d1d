import { useQuery } from '@tanstack/react-query';

import type { Schemas } from '../api/client';
import { useClient, useTrans } from '../api/context';
import type { IBox } from './boxes';
import { useThreads } from './context';

type CommentPlace = Schemas['CommentPlace'];

/** Where a comment on a cell or an output would go; null while that is not known, and for lines. */
function useCommentPlace(box: IBox): CommentPlace | null {
  const client = useClient();
  const { of } = useThreads();
  const position = box.target.kind === 'cell' ? box.target.position : null;
  const { data } = useQuery({
    queryKey: ['gitlab', of.folder, 'local', 'comment-place', position],
    queryFn: ({ signal }) => {
      const { base_sha, head_sha, old_path, new_path, side, index, output } =
        position as NonNullable<typeof position>;
      return client.get('/comment-places', {
        query: {
          folder: of.folder,
          base_sha,
          head_sha,
          old_path,
          new_path,
          side,
          index,
          output
        },
        signal
      });
    },
    enabled: position !== null,
    staleTime: Infinity
  });
  return data ?? null;
}

/** What the writer of a comment must know of its place; undefined: nothing. */
export function useCommentHint(box: IBox): string | undefined {
  const trans = useTrans();
  const place = useCommentPlace(box);
  if (!box.shown || place?.rung === 'hidden') {
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
