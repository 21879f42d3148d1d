import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { describeError } from '../api/describe';
import { Button, Skeleton } from '../components';

export interface IPickOption<T> {
  key: string;
  label: string;
  /** Dimmed, below the label. */
  detail: string;
  value: T;
}

export interface IPage<T> {
  options: readonly IPickOption<T>[];
  /** Null on the last page. */
  next: number | null;
}

export interface IPickListProps<T> {
  load: (page: number) => Promise<IPage<T>>;
  trans: TranslationBundle;
  /** Called with what would be taken; null while there is nothing. */
  onChoose: (option: IPickOption<T> | null) => void;
  /** It is to be taken now. */
  onAccept: () => void;
}

/** One of many, with a filter; arrow keys choose (the combobox pattern). */
export function PickList<T>(props: IPickListProps<T>): React.JSX.Element {
  const { load, trans, onChoose } = props;
  const [options, setOptions] = React.useState<readonly IPickOption<T>[]>([]);
  const [next, setNext] = React.useState<number | null>(1);
  const [error, setError] = React.useState<unknown>(null);
  const [filter, setFilter] = React.useState('');
  const [active, setActive] = React.useState(0);
  const id = React.useId();

  const more = React.useCallback(
    (page: number) => {
      setError(null);
      load(page)
        .then(found => {
          setOptions(before =>
            page === 1 ? found.options : [...before, ...found.options]
          );
          setNext(found.next);
        })
        .catch(setError);
    },
    [load]
  );
  React.useEffect(() => more(1), [more]);

  const shown = React.useMemo(
    () => matching(options, filter),
    [options, filter]
  );
  const index = Math.min(active, shown.length - 1);
  const chosen = shown[index] ?? null;
  React.useEffect(() => onChoose(chosen), [onChoose, chosen]);

  const list = React.useRef<HTMLUListElement>(null);
  React.useEffect(() => {
    list.current?.children[index]?.scrollIntoView?.({ block: 'nearest' });
  }, [index]);

  return (
    <div>
      <input
        type="text"
        className="jp-mod-styled"
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={chosen ? `${id}-${index}` : undefined}
        aria-label={trans.__('Filter')}
        placeholder={trans.__('Filter')}
        value={filter}
        onChange={event => {
          setFilter(event.target.value);
          setActive(0);
        }}
        onKeyDown={event => {
          const step =
            event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
          if (step !== 0 && shown.length > 0) {
            event.preventDefault();
            setActive((index + step + shown.length) % shown.length);
          }
        }}
      />
      <ul
        ref={list}
        id={id}
        role="listbox"
        aria-label={trans.__('Choices')}
        className="jp-gitlab-PickDialog-list"
      >
        {shown.map((option, position) => (
          <li
            key={option.key}
            id={`${id}-${position}`}
            role="option"
            aria-selected={position === index}
            onClick={() => setActive(position)}
            onDoubleClick={props.onAccept}
          >
            <span>{option.label}</span>
            <span className="jp-gitlab-muted">{option.detail}</span>
          </li>
        ))}
      </ul>
      {error !== null ? (
        <p role="alert">{describeError(error, trans).message}</p>
      ) : options.length === 0 && next !== null ? (
        <Skeleton lines={4} />
      ) : (
        shown.length === 0 && (
          <p className="jp-gitlab-muted">{trans.__('Nothing found.')}</p>
        )
      )}
      {next !== null && options.length > 0 && (
        <Button kind="link" onClick={() => more(next)}>
          {trans.__('Show more')}
        </Button>
      )}
    </div>
  );
}

/** The options that have all words of the filter in them. */
function matching<T>(
  options: readonly IPickOption<T>[],
  filter: string
): readonly IPickOption<T>[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word);
  return options.filter(({ label, detail }) => {
    const text = `${label} ${detail}`.toLowerCase();
    return words.every(word => text.includes(word));
  });
}
