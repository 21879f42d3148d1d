import * as React from 'react';

import { useTrans } from '../../api/context';
import { ErrorBox, Skeleton } from '../../components';
import type { IFileDiffViewProps } from '../../diff/fileDiffView';
import { DiffHeader } from '../../diff/header';
import { useFileDiff } from '../../diff/queries';
import { useDiffOptions } from '../../diff/settings';
import type { DiffRefs } from '../../threads/types';
import { useDocument } from '../context';
import { diffRequest, type MergeRequestFile } from './files';

/** What the view of the file's diff is given by what is around it. */
export type ComparedView = Pick<
  IFileDiffViewProps,
  'folder' | 'diff' | 'options' | 'onOptions'
>;

/** One file of a merge request or of a commit: its head, and its diff as soon as that is there. */
export function ComparedFile(props: {
  file: MergeRequestFile;
  diffRefs: DiffRefs;
  /** What else stands in the head. */
  marks?: React.ReactNode;
  children: (view: ComparedView) => React.ReactNode;
}): React.JSX.Element {
  const trans = useTrans();
  const { folder, settings } = useDocument();
  const { file, diffRefs } = props;
  const options = useDiffOptions(settings);
  const query = useFileDiff(diffRequest(folder, diffRefs, file), options);
  const view = { folder, options, onOptions: settings.set };
  return (
    <div className="jp-gitlab-FileDiffPane">
      <DiffHeader
        path={file.path.display}
        oldPath={file.old_path?.display ?? null}
        diff={query.data}
        options={options}
        onOptions={settings.set}
      >
        {props.marks}
      </DiffHeader>
      {query.data ? (
        props.children({ ...view, diff: query.data })
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
