import * as React from 'react';

import { useTrans } from '../../api/context';
import { Button, Checkbox } from '../../components';
import { CellMarks, CellMarksProvider } from '../../diff/cellMarks';
import type { MergeRequestFile } from '../changes/files';
import { cellDigest, fileDigest } from './digest';
import type { IViewed } from './useViewed';

/** Ticks the file off (`v`), and then leads on. */
export function ViewedBox(props: {
  file: MergeRequestFile;
  viewed: IViewed;
  onNext: (() => void) | null;
}): React.JSX.Element | null {
  const trans = useTrans();
  const { file, viewed, onNext } = props;
  if (fileDigest(file) === null) {
    return null;
  }
  const ticked = viewed.isFile(file);
  return (
    <>
      <Checkbox
        data-gitlab-viewed=""
        checked={ticked}
        title={trans.__(
          'You have seen this file (v). The mark falls when the file changes.'
        )}
        onChange={on => viewed.setFile(file, on)}
      >
        {trans.__('Viewed')}
      </Checkbox>
      {ticked && onNext && (
        <Button onClick={onNext}>{trans.__('Next file')}</Button>
      )}
    </>
  );
}

/** Lets the cells of the file's diff be ticked off one by one. */
export function CellMarksOf(props: {
  file: MergeRequestFile;
  viewed: IViewed;
  children: React.ReactNode;
}): React.JSX.Element {
  const { file, viewed } = props;
  const latest = React.useRef(viewed);
  const marks = React.useMemo(
    () =>
      new CellMarks(cellDigest, (digest, on) =>
        latest.current.setCell(file, digest, on)
      ),
    [file]
  );
  const digests = viewed.cells(file);
  React.useLayoutEffect(() => {
    latest.current = viewed;
    marks.set(digests);
  }, [viewed, marks, digests]);
  return <CellMarksProvider value={marks}>{props.children}</CellMarksProvider>;
}
