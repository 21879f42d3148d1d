import * as React from 'react';

import { useTrans } from '../api/context';
import type { CellMark } from './types';

/** The cell or output that a thread speaks of which GitLab has on no line. */
export function SpokenOfCell(props: {
  mark: CellMark;
  /** Brings the reader to its place in the diff. */
  onShow: () => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { mark } = props;
  const words = [
    mark.path.display,
    trans.__('cell %1', mark.index + 1),
    ...(mark.output === null ? [] : [trans.__('output %1', mark.output + 1)])
  ];
  return (
    <div className="jp-gitlab-SpokenOf">
      <div className="jp-gitlab-SpokenOf-head">
        <button type="button" onClick={props.onShow}>
          {words.join(' · ')}
        </button>
      </div>
    </div>
  );
}
