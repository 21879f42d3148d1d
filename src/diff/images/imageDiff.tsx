import * as React from 'react';

import { useTrans } from '../../api/context';
import { Segmented } from '../../components';
import { useChangeOptions } from '../settings';
import type { ImageMode } from '../types';
import { byteSize } from '../words';
import { drawDifference } from './difference';

/** One version of a picture: an address of this page's own, and its size in bytes. */
export interface IPicture {
  url: string;
  bytes: number;
}

export interface IImageDiffProps {
  old: IPicture;
  new: IPicture;
  /** What the picture is, for screen readers. */
  name: string;
  mode: ImageMode;
  /** Puts the switch between the modes into a head. */
  head?: (switcher: React.ReactNode) => React.ReactNode;
}

/** Two versions of a picture: side by side, one drawn over the other, blended, or what differs. */
export function ImageDiff(props: IImageDiffProps): React.JSX.Element {
  const trans = useTrans();
  const { name, mode } = props;
  const change = useChangeOptions();
  const switcher = (
    <Segmented
      label={trans.__('How the pictures are compared')}
      segments={[
        { value: 'side', label: trans.__('Side by side') },
        { value: 'swipe', label: trans.__('Swipe') },
        { value: 'onion', label: trans.__('Onion skin') },
        { value: 'difference', label: trans.__('Difference') }
      ]}
      value={mode}
      onChange={images => change({ images })}
    />
  );
  return (
    <div className="jp-gitlab-ImageDiff" data-mode={mode}>
      {props.head ? (
        props.head(switcher)
      ) : (
        <div className="jp-gitlab-CellOutput-head">{switcher}</div>
      )}
      {mode === 'side' ? (
        <div className="jp-gitlab-ImageDiff-pair">
          <Picture
            picture={props.old}
            side="old"
            label={trans.__('− Before')}
            name={name}
          />
          <Picture
            picture={props.new}
            side="new"
            label={trans.__('+ After')}
            name={name}
          />
        </div>
      ) : mode === 'difference' ? (
        <Difference {...props} />
      ) : (
        <Overlay {...props} mode={mode} />
      )}
    </div>
  );
}

/** One version with its size below it. */
export function Picture(props: {
  picture: IPicture;
  side: 'old' | 'new' | 'both';
  label: string;
  name: string;
}): React.JSX.Element {
  const trans = useTrans();
  const { picture, side, label, name } = props;
  const [pixels, setPixels] = React.useState('');
  return (
    <figure className="jp-gitlab-Picture" data-side={side}>
      <figcaption>
        {[label, pixels, byteSize(picture.bytes)]
          .filter(word => word)
          .join(' · ')}
      </figcaption>
      <img
        src={picture.url}
        alt={trans.__('%1, %2', name, label)}
        onLoad={({ currentTarget }) =>
          setPixels(
            `${currentTarget.naturalWidth} × ${currentTarget.naturalHeight}`
          )
        }
      />
    </figure>
  );
}

/** Both versions at the same place; a slider moves the border between them, or blends them. */
function Overlay(
  props: IImageDiffProps & { mode: 'swipe' | 'onion' }
): React.JSX.Element {
  const trans = useTrans();
  const { mode, name } = props;
  const [share, setShare] = React.useState(50);
  const label =
    mode === 'swipe'
      ? trans.__('Border between before (left) and after (right)')
      : trans.__('From before to after');
  return (
    <div className="jp-gitlab-Overlay">
      <label className="jp-gitlab-Overlay-slider">
        <span aria-hidden="true">{trans.__('− Before')}</span>
        <input
          type="range"
          min={0}
          max={100}
          value={share}
          aria-label={label}
          aria-valuetext={trans.__('%1 %', share)}
          onChange={event => setShare(Number(event.target.value))}
        />
        <span aria-hidden="true">{trans.__('+ After')}</span>
      </label>
      <div className="jp-gitlab-Overlay-pictures">
        <img
          src={props.old.url}
          alt={trans.__('%1, before', name)}
          style={
            mode === 'swipe'
              ? { clipPath: `inset(0 ${100 - share}% 0 0)` }
              : undefined
          }
        />
        <img
          src={props.new.url}
          alt={trans.__('%1, after', name)}
          style={
            mode === 'swipe'
              ? { clipPath: `inset(0 0 0 ${share}%)` }
              : { opacity: share / 100 }
          }
        />
        {mode === 'swipe' && (
          <span
            className="jp-gitlab-Overlay-border"
            style={{ insetInlineStart: `${share}%` }}
          />
        )}
      </div>
    </div>
  );
}

/** The pixels that differ. */
function Difference(props: IImageDiffProps): React.JSX.Element {
  const trans = useTrans();
  const { old, new: now, name } = props;
  const ref = React.useRef<HTMLCanvasElement>(null);
  const [words, setWords] = React.useState('');
  React.useEffect(() => {
    let stale = false;
    Promise.all([load(old.url), load(now.url)])
      .then(([before, after]) => {
        if (stale || !ref.current) {
          return;
        }
        const share = drawDifference(ref.current, before, after);
        const sizes = [before, after].map(
          each => `${each.naturalWidth} × ${each.naturalHeight}`
        );
        setWords(
          [
            share === 0
              ? trans.__('No pixel differs visibly')
              : trans.__('%1 of the pixels differ', percent(share)),
            sizes[0] === sizes[1] ? sizes[0] : sizes.join(' → ')
          ].join(' · ')
        );
      })
      .catch(() => {
        if (!stale) {
          setWords(trans.__('The pictures could not be compared.'));
        }
      });
    return () => {
      stale = true;
    };
  }, [old.url, now.url, trans]);
  return (
    <figure className="jp-gitlab-Picture" data-side="both">
      <figcaption>
        <span role="status">{words}</span>
      </figcaption>
      <canvas
        ref={ref}
        role="img"
        aria-label={trans.__('%1, the pixels that differ', name)}
      />
    </figure>
  );
}

function load(url: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error(url));
    image.src = url;
  });
}

function percent(share: number): string {
  const value = 100 * share;
  return value < 0.1 ? '< 0.1 %' : `${value.toFixed(value < 10 ? 1 : 0)} %`;
}
