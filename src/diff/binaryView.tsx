import * as React from 'react';

import { useTrans } from '../api/context';
import { Button, EmptyState, ErrorBox, Skeleton } from '../components';
import { Picture } from './images/imageDiff';
import { useObjectUrl } from './images/objectUrl';
import { PicturePair } from './images/picturePair';
import { useBlob } from './queries';
import { useDiffServices } from './services';
import type { BinaryDiff, FileSide, IDiffOptions } from './types';
import { byteSize } from './words';

export interface IBinaryViewProps {
  folder: string;
  diff: BinaryDiff;
  options: IDiffOptions;
}

/** Files that are no text, or too large for one: pictures are compared, others can be opened and saved. */
export function BinaryView(props: IBinaryViewProps): React.JSX.Element {
  const image = props.diff.mime_type?.startsWith('image/') ?? false;
  return image && props.diff.reason === null ? (
    <ImageFile {...props} />
  ) : (
    <OtherFile {...props} />
  );
}

function ImageFile(props: IBinaryViewProps): React.JSX.Element {
  const trans = useTrans();
  const { folder, diff, options } = props;
  const old = useBlob(folder, diff.old, true);
  const now = useBlob(folder, diff.new, true);
  const name = (diff.new ?? diff.old)?.path.display ?? '';
  const error = old.error ?? now.error;
  if (error) {
    return (
      <ErrorBox
        title={trans.__('The picture could not be read.')}
        error={error}
        onRetry={() => {
          void old.refetch();
          void now.refetch();
        }}
      />
    );
  }
  if ((diff.old && !old.data) || (diff.new && !now.data)) {
    return <Skeleton lines={6} />;
  }
  return (
    <div role="group" className="jp-gitlab-Cell" aria-label={name}>
      {old.data && now.data ? (
        <PicturePair
          old={old.data}
          new={now.data}
          mode={options.images}
          name={name}
        />
      ) : (
        <OnePicture
          blob={(now.data ?? old.data) as Blob}
          side={now.data ? 'new' : 'old'}
          name={name}
        />
      )}
    </div>
  );
}

function OnePicture(props: {
  blob: Blob;
  side: 'old' | 'new';
  name: string;
}): React.JSX.Element | null {
  const trans = useTrans();
  const { blob, side, name } = props;
  const url = useObjectUrl(blob);
  return url === null ? null : (
    <Picture
      picture={{ url, bytes: blob.size }}
      side={side}
      label={side === 'new' ? trans.__('+ Added') : trans.__('− Removed')}
      name={name}
    />
  );
}

/** What is known of a file that can't be drawn, and ways to look at it all the same. */
function OtherFile(props: IBinaryViewProps): React.JSX.Element {
  const trans = useTrans();
  const { files } = useDiffServices();
  const { folder, diff } = props;
  const path = diff.new?.path.contents_path ?? null;
  return (
    <EmptyState
      title={diff.reason ?? trans.__('This file is not text.')}
      actions={
        <>
          {files && path !== null && (
            <Button onClick={() => files.open(path)}>
              {trans.__('Open the file')}
            </Button>
          )}
          {diff.old && (
            <SaveButton folder={folder} side={diff.old}>
              {trans.__('Save the version before')}
            </SaveButton>
          )}
          {diff.new && (
            <SaveButton folder={folder} side={diff.new}>
              {trans.__('Save the version after')}
            </SaveButton>
          )}
        </>
      }
    >
      {[
        diff.old && trans.__('Before: %1', byteSize(diff.old.size)),
        diff.new && trans.__('After: %1', byteSize(diff.new.size))
      ]
        .filter(word => word)
        .join(' · ')}
    </EmptyState>
  );
}

/** Fetches one version and has the browser save it. */
function SaveButton(props: {
  folder: string;
  side: FileSide;
  children: React.ReactNode;
}): React.JSX.Element {
  const trans = useTrans();
  const [asked, setAsked] = React.useState(false);
  const { folder, side } = props;
  const { data, error, isFetching } = useBlob(folder, side, asked);
  React.useEffect(() => {
    if (asked && data) {
      saveAs(data, side.path.display.split('/').pop() ?? 'file');
      setAsked(false);
    }
  }, [asked, data, side]);
  return (
    <>
      <Button busy={isFetching} onClick={() => setAsked(true)}>
        {props.children}
      </Button>
      {error && (
        <ErrorBox
          title={trans.__('The file could not be read.')}
          error={error}
        />
      )}
    </>
  );
}

function saveAs(data: Blob, name: string): void {
  const url = URL.createObjectURL(data);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has its own hold on the data by then.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
