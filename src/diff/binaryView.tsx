import * as React from 'react';

import { useTrans } from '../api/context';
import { EmptyState, ErrorBox, Skeleton } from '../components';
import { useBlobUrl } from './queries';
import type { BinaryDiff, FileSide } from './types';
import { byteSize } from './words';

/** Files that are no text: pictures are shown side by side, of others the sizes. */
export function BinaryView(props: {
  folder: string;
  diff: BinaryDiff;
}): React.JSX.Element {
  const trans = useTrans();
  const { diff, folder } = props;
  const image = diff.mime_type?.startsWith('image/') ?? false;
  const sides = [
    { side: 'old' as const, file: diff.old },
    { side: 'new' as const, file: diff.new }
  ].filter((each): each is typeof each & { file: FileSide } => !!each.file);
  if (!image) {
    return (
      <EmptyState title={diff.reason ?? trans.__('This file is not text.')}>
        {sides
          .map(({ side, file }) =>
            side === 'old'
              ? trans.__('Before: %1', byteSize(file.size))
              : trans.__('After: %1', byteSize(file.size))
          )
          .join(' · ')}
      </EmptyState>
    );
  }
  return (
    <div className="jp-gitlab-Cell jp-gitlab-OutputPair" data-kind="changed">
      {sides.map(({ side, file }) => (
        <PictureSide key={side} side={side} file={file} folder={folder} />
      ))}
    </div>
  );
}

function PictureSide(props: {
  side: 'old' | 'new';
  file: FileSide;
  folder: string;
}): React.JSX.Element {
  const trans = useTrans();
  const { side, file, folder } = props;
  const { url, error, retry } = useBlobUrl(folder, file, true);
  const [pixels, setPixels] = React.useState('');
  const label = side === 'old' ? trans.__('− Before') : trans.__('+ After');
  return (
    <section
      className="jp-gitlab-CellOutput"
      data-side={side}
      aria-label={label}
    >
      <div className="jp-gitlab-CellOutput-label">
        {[label, pixels, byteSize(file.size)].filter(word => word).join(' · ')}
      </div>
      {error ? (
        <ErrorBox
          title={trans.__('The picture could not be read.')}
          error={error}
          onRetry={retry}
        />
      ) : url ? (
        <div className="jp-RenderedImage">
          <img
            src={url}
            alt={trans.__('%1, %2', file.path.display, label)}
            onLoad={({ currentTarget }) =>
              setPixels(
                `${currentTarget.naturalWidth} × ${currentTarget.naturalHeight}`
              )
            }
          />
        </div>
      ) : (
        <Skeleton lines={3} />
      )}
    </section>
  );
}
