import * as React from 'react';

import { FileDiffView } from '../../diff/fileDiffView';
import { useThreadsLayer } from '../../threads/layer';
import { useRangeSelection } from '../../threads/rangeSelection';
import type { DiffRefs, Discussion } from '../../threads/types';
import { type IJump, useJump } from '../jump';
import type { IViewed } from '../viewed/useViewed';
import { CellMarksOf, ViewedBox } from '../viewed/viewedBox';
import { ComparedFile, type ComparedView } from './comparedFile';
import type { MergeRequestFile } from './files';

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
  const { file, viewed } = props;
  return (
    <ComparedFile
      file={file}
      diffRefs={props.diffRefs}
      marks={<ViewedBox file={file} viewed={viewed} onNext={props.onNext} />}
    >
      {view => <DiffWithThreads {...props} view={view} />}
    </ComparedFile>
  );
}

function DiffWithThreads(
  props: IFileDiffPaneProps & { view: ComparedView }
): React.JSX.Element {
  const { view, file, diffRefs, discussions, jump, onJumped } = props;
  const { diff } = view;
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
        <FileDiffView {...view} layer={layer} />
      </CellMarksOf>
    </div>
  );
}
