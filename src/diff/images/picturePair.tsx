import * as React from 'react';

import { Skeleton } from '../../components';
import { ImageDiff } from './imageDiff';
import { useObjectUrl } from './objectUrl';
import type { ImageMode } from '../types';

/** Two versions of a picture. */
export function PicturePair(props: {
  old: Blob;
  new: Blob;
  mode: ImageMode;
  name: string;
  head?: (switcher: React.ReactNode) => React.ReactNode;
}): React.JSX.Element {
  const { old, new: now, mode, name } = props;
  const before = useObjectUrl(old);
  const after = useObjectUrl(now);
  return before !== null && after !== null ? (
    <ImageDiff
      old={{ url: before, bytes: old.size }}
      new={{ url: after, bytes: now.size }}
      mode={mode}
      name={name}
      head={props.head}
    />
  ) : (
    <Skeleton lines={3} />
  );
}
