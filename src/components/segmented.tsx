import * as React from 'react';

export interface ISegment<T extends string> {
  value: T;
  label: string;
  /** Shown behind the label. */
  count?: number | null;
}

export interface ISegmentedProps<T extends string> {
  /** What is chosen here, for screen readers. */
  label: string;
  segments: readonly ISegment<T>[];
  value: T;
  onChange: (value: T) => void;
}

/** One of a few: a row of joined buttons that behaves as a radio group (arrow keys move the choice). */
export function Segmented<T extends string>(
  props: ISegmentedProps<T>
): React.JSX.Element {
  const { segments, value, onChange } = props;
  const refs = React.useRef(new Map<T, HTMLButtonElement>());

  const onKeyDown = (event: React.KeyboardEvent): void => {
    const step =
      event.key === 'ArrowRight' || event.key === 'ArrowDown'
        ? 1
        : event.key === 'ArrowLeft' || event.key === 'ArrowUp'
          ? -1
          : 0;
    if (step === 0) {
      return;
    }
    event.preventDefault();
    const index = segments.findIndex(segment => segment.value === value);
    const next = segments[(index + step + segments.length) % segments.length];
    onChange(next.value);
    refs.current.get(next.value)?.focus();
  };

  return (
    <div
      className="jp-gitlab-Segmented"
      role="radiogroup"
      aria-label={props.label}
      onKeyDown={onKeyDown}
    >
      {segments.map(segment => (
        <button
          key={segment.value}
          ref={node => {
            if (node) {
              refs.current.set(segment.value, node);
            } else {
              refs.current.delete(segment.value);
            }
          }}
          type="button"
          role="radio"
          aria-checked={segment.value === value}
          tabIndex={segment.value === value ? 0 : -1}
          onClick={() => onChange(segment.value)}
        >
          {segment.label}
          {segment.count !== undefined && segment.count !== null && (
            <span className="jp-gitlab-Segmented-count">{segment.count}</span>
          )}
        </button>
      ))}
    </div>
  );
}
