import * as React from 'react';

import { useTrans } from '../api/context';
import { ErrorBox, Skeleton } from '../components';
import type { IOpenDiffArgs } from './args';
import { DiffHeader } from './header';
import { FileDiffView } from './fileDiffView';
import type { ICellJump } from './jump';
import { useFileDiff } from './queries';
import { type DiffSettings, useDiffOptions } from './settings';
import { displayPath } from './words';

/** The whole tab: head, options, diff; or why there is none. */
export function DiffDocument(props: {
  args: IOpenDiffArgs;
  settings: DiffSettings;
  jump: ICellJump | null;
}): React.JSX.Element {
  const trans = useTrans();
  const { args, settings, jump } = props;
  const options = useDiffOptions(settings);
  const query = useFileDiff(args, options);
  const diff = query.data;
  return (
    <div className="jp-gitlab-DiffDocument">
      <DiffHeader
        path={
          (diff?.new ?? diff?.old)?.path.display ?? displayPath(args.newPath)
        }
        oldPath={diff?.old?.path.display ?? null}
        label={args.label}
        diff={diff}
        options={options}
        onOptions={settings.set}
      />
      {query.error && (
        <ErrorBox
          title={trans.__('The file could not be compared.')}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {diff ? (
        <FileDiffView
          folder={args.folder}
          diff={diff}
          options={options}
          onOptions={settings.set}
          jump={jump}
        />
      ) : (
        !query.error && <Skeleton lines={8} />
      )}
    </div>
  );
}
