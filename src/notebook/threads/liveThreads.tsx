import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { useQuery } from '@tanstack/react-query';
import * as React from 'react';
import { createPortal } from 'react-dom';

import { useClient, useTrans, useVisible } from '../../api/context';
import { useDiscussions, useMergeRequestFiles } from '../../api/queries';
import { useFileDiff } from '../../diff/queries';
import { diffRequest } from '../../mergeRequest/changes/files';
import { isOnFile, LineIndex } from '../../threads/placement';
import { usePending } from '../../threads/pending';
import { Threads } from '../../threads/provider';
import { isSystem, projectUrl } from '../../threads/types';
import type { BranchMergeRequest, IGitLab } from '../../tokens';
import { CellBar } from './cellBar';
import { saidOfCells } from './cellThreads';
import { CellHosts, useCells } from './hosts';

export interface ILiveThreadsProps {
  panel: NotebookPanel;
  gitlab: IGitLab;
  rendermime: IRenderMimeRegistry;
}

/** The threads of the branch's open merge request, each below its cell of an open notebook. */
export function LiveThreads(
  props: ILiveThreadsProps
): React.JSX.Element | null {
  const { panel, gitlab, rendermime } = props;
  const path = usePath(panel);
  const place = usePlace(path);
  const mergeRequest = useMergeRequestOf(gitlab, place?.folder ?? null);
  if (!place || !mergeRequest) {
    return null;
  }
  return (
    <Threads
      folder={place.folder}
      iid={mergeRequest.iid}
      projectUrl={projectUrl(mergeRequest.web_url)}
      rendermime={rendermime}
    >
      <Placed
        panel={panel}
        folder={place.folder}
        iid={mergeRequest.iid}
        path={place.path.id}
      />
    </Threads>
  );
}

function usePath(panel: NotebookPanel): string {
  const [path, setPath] = React.useState(panel.context.path);
  React.useEffect(() => {
    const follow = () => setPath(panel.context.path);
    panel.context.pathChanged.connect(follow);
    return () => {
      panel.context.pathChanged.disconnect(follow);
    };
  }, [panel]);
  return path;
}

/** The clone that the notebook lies in; null: none, or not known yet. */
function usePlace(path: string) {
  const client = useClient();
  const { data } = useQuery({
    queryKey: ['gitlab-file-place', path],
    queryFn: ({ signal }) =>
      client.get('/file-places', { query: { contents_path: path }, signal }),
    enabled: useVisible(),
    staleTime: Infinity,
    retry: false
  });
  return data ?? null;
}

/** The branch's open merge request, as far as it is known: the panel follows one repository at a time. */
function useMergeRequestOf(
  gitlab: IGitLab,
  folder: string | null
): BranchMergeRequest | null {
  const [known, setKnown] = React.useState<BranchMergeRequest | null>(null);
  React.useEffect(() => {
    const follow = () => {
      const { state } = gitlab;
      if (state.kind === 'ready' && state.folder === folder) {
        setKnown(gitlab.branchMergeRequest);
      }
    };
    gitlab.branchMergeRequestChanged.connect(follow);
    gitlab.stateChanged.connect(follow);
    follow();
    return () => {
      gitlab.branchMergeRequestChanged.disconnect(follow);
      gitlab.stateChanged.disconnect(follow);
    };
  }, [gitlab, folder]);
  return known;
}

function Placed(props: {
  panel: NotebookPanel;
  folder: string;
  iid: number;
  path: string;
}): React.JSX.Element {
  const trans = useTrans();
  const { panel, folder, iid, path } = props;
  const discussions = useDiscussions(folder, iid).data?.discussions;
  const { notes: pending } = usePending();
  const here = React.useMemo(() => {
    const paths = { oldPath: path, newPath: path };
    return {
      threads: (discussions ?? []).filter(
        each => !isSystem(each) && isOnFile(each, paths)
      ),
      pending: pending.filter(each => isOnFile(each, paths))
    };
  }, [discussions, pending, path]);
  const wanted = here.threads.length + here.pending.length > 0;
  const files = useMergeRequestFiles(folder, iid, null, wanted).data;
  const file = files?.files.find(each => each.path.id === path);
  const diff = useFileDiff(
    wanted && files && file ? diffRequest(folder, files.diff_refs, file) : null
  ).data;
  const cells = useCells(panel);
  const hosts = React.useMemo(() => new CellHosts(), []);

  const said = React.useMemo(() => {
    if (!diff || !files || !file) {
      return null;
    }
    const index = new LineIndex(diff);
    const shown = {
      oldPath: (file.old_path ?? file.path).id,
      newPath: path,
      headSha: files.diff_refs.head_sha
    };
    const models = cells.map(cell => cell.model);
    return {
      threads: saidOfCells(index, here.threads, shown, models, trans),
      pending: saidOfCells(index, here.pending, shown, models, trans)
    };
  }, [diff, files, file, path, here, cells, trans]);

  const carrying = cells.filter(
    ({ isDisposed, model }) =>
      !isDisposed &&
      (said?.threads.has(model.id) || said?.pending.has(model.id))
  );
  React.useEffect(() => hosts.keep(new Set(carrying)));
  React.useEffect(() => () => hosts.keep(new Set()), [hosts]);
  return (
    <>
      {carrying.map(cell =>
        createPortal(
          <CellBar
            threads={said?.threads.get(cell.model.id) ?? []}
            pending={said?.pending.get(cell.model.id) ?? []}
          />,
          hosts.of(cell),
          cell.model.id
        )
      )}
    </>
  );
}
