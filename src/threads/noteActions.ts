import { Dialog, showDialog } from '@jupyterlab/apputils';
import { useMutation, useQueryClient } from '@tanstack/react-query';

import { useClient, useTrans } from '../api/context';
import { editNotes, refreshThreads } from './cache';
import { useThreads } from './context';
import type { Note } from './types';

/** Takes a note away, once the user has said so. */
export function useDeleteNote(discussionId: string) {
  const client = useClient();
  const cache = useQueryClient();
  const trans = useTrans();
  const { of } = useThreads();
  return useMutation({
    mutationFn: async (note: Note): Promise<boolean> => {
      const asked = await showDialog({
        title: trans.__('Delete this comment?'),
        body: trans.__('It is gone for everybody, on GitLab too.'),
        buttons: [
          Dialog.cancelButton({ label: trans.__('Cancel') }),
          Dialog.warnButton({ label: trans.__('Delete') })
        ],
        defaultButton: 0
      });
      if (!asked.button.accept) {
        return false;
      }
      await client.delete('/merge-requests/{iid}/notes/{note_id}', {
        path: { iid: of.iid, note_id: note.id },
        query: { folder: of.folder }
      });
      return true;
    },
    onSuccess: (done, note) => {
      if (done) {
        editNotes(cache, of, discussionId, before =>
          before.filter(each => each.id !== note.id)
        );
        refreshThreads(cache, of);
      }
    }
  });
}

/** A text as a quotation, with room for the answer below. */
export function quoted(text: string): string {
  return `${text
    .trim()
    .split('\n')
    .map(line => `> ${line}`.trimEnd())
    .join('\n')}\n\n`;
}
