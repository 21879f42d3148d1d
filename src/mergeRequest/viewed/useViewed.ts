import { Notification } from '@jupyterlab/apputils';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useClient, useTrans } from '../../api/context';
import { describeError } from '../../api/describe';
import { keys } from '../../api/keys';
import { useViewedMarks } from '../../api/mergeRequestQueries';
import type { MergeRequestFile } from '../changes/files';
import { useDocument } from '../context';
import { fileDigest } from './digest';

type Marks = Schemas['ViewedMarks'];

const NO_MARKS: Marks = { files: {}, cells: {} };

/** What I have ticked off, and how to. A mark holds for as long as the contents stay as they were. */
export interface IViewed {
  isFile: (file: MergeRequestFile) => boolean;
  setFile: (file: MergeRequestFile, viewed: boolean) => void;
  /** Digests of the cells of a file. */
  cells: (file: MergeRequestFile) => readonly string[];
  setCell: (file: MergeRequestFile, digest: string, viewed: boolean) => void;
  /** The first file behind this one that is not ticked off; from the top again at the end. */
  next: (
    ordered: readonly MergeRequestFile[],
    current: MergeRequestFile
  ) => MergeRequestFile | undefined;
}

const NO_CELLS: readonly string[] = [];

export function useViewed(): IViewed {
  const client = useClient();
  const cache = useQueryClient();
  const trans = useTrans();
  const { folder, iid } = useDocument();
  const key = keys.viewed(folder, iid);
  const marks = useViewedMarks(folder, iid).data ?? NO_MARKS;
  const { mutate } = useMutation({
    // One after the other: the last press decides.
    scope: { id: JSON.stringify(key) },
    mutationFn: (body: Schemas['ViewedBody']) =>
      client.put('/merge-requests/{iid}/viewed', {
        path: { iid },
        query: { folder },
        body
      }),
    onError: error => {
      const { message, hint } = describeError(error, trans);
      Notification.error(
        [trans.__('What you ticked off was not kept.'), message, hint]
          .filter(word => word)
          .join(' ')
      );
      void cache.invalidateQueries({ queryKey: key });
    }
  });

  return React.useMemo(() => {
    const isFile = (file: MergeRequestFile) => {
      const digest = fileDigest(file);
      return digest !== null && marks.files[file.path.id] === digest;
    };
    const cells = (file: MergeRequestFile) =>
      marks.cells[file.path.id] ?? NO_CELLS;
    /** Shows it at once; what was pressed a moment before counts, too. */
    const change = (
      path: string,
      edit: (
        file: string | null,
        cells: readonly string[]
      ) => {
        file: string | null;
        cells: readonly string[];
      }
    ) => {
      void cache.cancelQueries({ queryKey: key });
      const now = cache.getQueryData<Marks>(key) ?? NO_MARKS;
      const made = edit(now.files[path] ?? null, now.cells[path] ?? NO_CELLS);
      const files = { ...now.files };
      delete files[path];
      cache.setQueryData<Marks>(key, {
        files: made.file === null ? files : { ...files, [path]: made.file },
        cells: { ...now.cells, [path]: [...made.cells] }
      });
      mutate({ path, file: made.file, cells: [...made.cells] });
    };
    return {
      isFile,
      cells,
      setFile: (file, viewed) =>
        change(file.path.id, (_, ticked) => ({
          file: viewed ? fileDigest(file) : null,
          cells: ticked
        })),
      setCell: (file, digest, viewed) =>
        change(file.path.id, (whole, ticked) => ({
          file: whole,
          cells: viewed
            ? [...ticked.filter(each => each !== digest), digest]
            : ticked.filter(each => each !== digest)
        })),
      next: (ordered, current) => {
        const at = ordered.findIndex(file => file.path.id === current.path.id);
        return [...ordered.slice(at + 1), ...ordered.slice(0, at)].find(
          file => !isFile(file)
        );
      }
    };
    // The key is made of these.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [marks, cache, folder, iid, mutate]);
}
