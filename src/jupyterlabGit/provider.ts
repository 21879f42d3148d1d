import { queryClient } from '../api/queryClient';
import { createDiffWidget, type IDiffWidgetOptions } from '../diff/widget';
import { fileDiffQuery } from '../diff/queries';
import type { IGitDiffModel, IGitDiffWidget } from './git';
import { diffArgs } from './versions';

/** The diff view as jupyterlab-git wants one. Throws `ApiError`. */
export async function createGitDiff(
  model: IGitDiffModel,
  options: Omit<IDiffWidgetOptions, 'args' | 'answer'>
): Promise<IGitDiffWidget> {
  const { gitlab, app } = options;
  const args = await diffArgs(model, gitlab.client);
  const widget = createDiffWidget({ ...options, args, answer: null });
  // The same comparison may stand in a tab of its own.
  widget.id = `${widget.id}-jupyterlab-git`;
  widget.addClass('jp-gitlab-GitDiff');
  const { queryKey } = fileDiffQuery(gitlab.client, args);
  return Object.assign(widget, {
    model,
    // The view resolves nothing: in a conflict jupyterlab-git asks before it takes the file as it is.
    isFileResolved: false,
    getResolvedFile: () =>
      app.serviceManager.contents.get(
        [args.folder, model.filename].filter(part => part).join('/'),
        { type: 'file', format: 'text' }
      ),
    refresh: () => queryClient.invalidateQueries({ queryKey })
  });
}
