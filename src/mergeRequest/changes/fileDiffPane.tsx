import * as React from 'react';

import { useTrans } from '../../api/context';
import { ErrorBox, Skeleton } from '../../components';
import { FileDiffView } from '../../diff/fileDiffView';
import { DiffHeader } from '../../diff/header';
import { useFileDiff } from '../../diff/queries';
import { useDiffOptions } from '../../diff/settings';
import type { FileDiff } from '../../diff/types';
import { useThreadsLayer } from '../../threads/layer';
import { useRangeSelection } from '../../threads/rangeSelection';
import type { DiffRefs, Discussion } from '../../threads/types';
import { useDocument } from '../context';
import { type IJump, useJump } from '../jump';
import type { IViewed } from '../viewed/useViewed';
import { CellMarksOf, ViewedBox } from '../viewed/viewedBox';
import { diffRequest, type MergeRequestFile } from './files';

export interface IFileDiffPaneProps {
  file: MergeRequestFile;
  diffRefs: DiffRefs;
  discussions: readonly Discussion[];
  viewed: IViewed;
  /** Goes to the next file that is not ticked off; null: there is none. */
  onNext: (() => void) | null;
  jump: IJump | null;
  onJumped: () => void;
}

/** The diff of one file with its threads. */
export function FileDiffPane(props: IFileDiffPaneProps): React.JSX.Element {
  const trans = useTrans();
  const { folder, settings } = useDocument();
  const { file, diffRefs } = props;
  const options = useDiffOptions(settings);
  const query = useFileDiff(diffRequest(folder, diffRefs, file), options);
  return (
    <div className="jp-gitlab-FileDiffPane">
      <DiffHeader
        path={file.path.display}
        oldPath={file.old_path?.display ?? null}
        diff={query.data}
        options={options}
        onOptions={settings.set}
      >
        <ViewedBox file={file} viewed={props.viewed} onNext={props.onNext} />
      </DiffHeader>
      {query.data ? (
        <DiffWithThreads {...props} diff={query.data} />
      ) : query.error ? (
        <ErrorBox
          title={trans.__('The file could not be compared.')}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <Skeleton lines={10} />
      )}
    </div>
  );
}

function DiffWithThreads(
  props: IFileDiffPaneProps & { diff: FileDiff }
): React.JSX.Element {
  const { folder, settings } = useDocument();
  const { diff, file, diffRefs, discussions, jump, onJumped } = props;
  const options = useDiffOptions(settings);
  const described = React.useMemo(
    () => ({
      diff,
      oldPath: (file.old_path ?? file.path).id,
      newPath: file.path.id,
      diffRefs
    }),
    [diff, file, diffRefs]
  );
  const { layer, commentRange } = useThreadsLayer(described, discussions);
  const range = useRangeSelection(diff, commentRange);
  const ref = React.useRef<HTMLDivElement>(null);
  useJump(ref, jump, onJumped);
  return (
    <div ref={ref} className="jp-gitlab-FileDiffPane-body" {...range}>
      <CellMarksOf file={file} viewed={props.viewed}>
        <FileDiffView
          folder={folder}
          diff={diff}
          options={options}
          onOptions={settings.set}
          layer={layer}
        />
      </CellMarksOf>
    </div>
  );
}
