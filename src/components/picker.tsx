import { closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { useTrans } from '../api/context';

export interface IPickerOption<K extends string | number> {
  key: K;
  label: string;
  /** Dimmed, behind the label. */
  detail?: string;
  /** A colour swatch, `#rrggbb`. */
  color?: string;
}

export interface IPickerProps<K extends string | number> {
  id?: string;
  'aria-describedby'?: string;
  'aria-label'?: string;
  selected: readonly IPickerOption<K>[];
  onChange: (selected: IPickerOption<K>[]) => void;
  /** What the search found. */
  options: readonly IPickerOption<K>[];
  search: string;
  onSearch: (text: string) => void;
  busy?: boolean;
  placeholder?: string;
}

/** Several of many: chips for what is chosen, a search box that suggests the rest (the combobox pattern). */
export function Picker<K extends string | number>(
  props: IPickerProps<K>
): React.JSX.Element {
  const { selected, onChange, search, onSearch } = props;
  const trans = useTrans();
  const listId = React.useId();
  const [open, setOpen] = React.useState(false);
  const [active, setActive] = React.useState(0);
  const chosen = new Set(selected.map(option => option.key));
  const options = props.options.filter(option => !chosen.has(option.key));
  const index = Math.min(active, options.length - 1);

  const pick = (option: IPickerOption<K>): void => {
    onChange([...selected, option]);
    onSearch('');
    setActive(0);
  };

  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive(
        options.length ? (index + step + options.length) % options.length : 0
      );
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (open && options[index]) {
        pick(options[index]);
      }
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      setOpen(false);
    } else if (event.key === 'Backspace' && search === '') {
      onChange(selected.slice(0, -1));
    }
  };

  return (
    <div className="jp-gitlab-Picker" data-gitlab-keys="">
      {selected.map(option => (
        <span key={option.key} className="jp-gitlab-Picker-chip">
          {option.color && <Swatch color={option.color} />}
          {option.label}
          <button
            type="button"
            aria-label={trans.__('Remove %1', option.label)}
            onClick={() =>
              onChange(selected.filter(other => other.key !== option.key))
            }
          >
            <closeIcon.react tag="span" width="10px" height="10px" />
          </button>
        </span>
      ))}
      <input
        id={props.id}
        aria-describedby={props['aria-describedby']}
        aria-label={props['aria-label']}
        role="combobox"
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={
          open && options[index] ? `${listId}-${index}` : undefined
        }
        autoComplete="off"
        placeholder={selected.length ? '' : props.placeholder}
        value={search}
        onChange={event => {
          onSearch(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {open && (
        <ul id={listId} role="listbox" className="jp-gitlab-Picker-list">
          {options.map((option, position) => (
            <li
              key={option.key}
              id={`${listId}-${position}`}
              role="option"
              aria-selected={position === index}
              // Before the input loses the focus.
              onMouseDown={event => {
                event.preventDefault();
                pick(option);
              }}
            >
              {option.color && <Swatch color={option.color} />}
              {option.label}
              {option.detail && (
                <span className="jp-gitlab-muted">{option.detail}</span>
              )}
            </li>
          ))}
          {options.length === 0 && (
            <li className="jp-gitlab-muted">
              {props.busy ? trans.__('Searching…') : trans.__('Nothing found.')}
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

function Swatch(props: { color: string }): React.JSX.Element {
  return (
    <span
      className="jp-gitlab-Picker-swatch"
      style={{ background: props.color }}
      aria-hidden="true"
    />
  );
}
