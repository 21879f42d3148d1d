import { searchIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { useTrans } from '../../api/context';
import { IconButton } from '../../components';

/** The text that a list is searched for, and whether the box to type it in shows. */
export interface ISearch {
  open: boolean;
  text: string;
  setOpen: (open: boolean) => void;
  setText: (text: string) => void;
  button: React.RefObject<HTMLButtonElement>;
}

export function useSearch(): ISearch {
  const [open, setOpen] = React.useState(false);
  const [text, setText] = React.useState('');
  const button = React.useRef<HTMLButtonElement>(null);
  return {
    open,
    text,
    setText,
    setOpen: wanted => {
      setOpen(wanted);
      setText('');
    },
    button
  };
}

/** Opens and closes the box. */
export function SearchButton(props: { search: ISearch }): React.JSX.Element {
  const trans = useTrans();
  const { search } = props;
  return (
    <IconButton
      ref={search.button}
      icon={searchIcon}
      label={trans.__('Search merge requests')}
      aria-expanded={search.open}
      onClick={() => search.setOpen(!search.open)}
    />
  );
}

/** The box, while it is open; Escape closes it. `always`: it stays, and Escape empties it. */
export function SearchBox(props: {
  search: ISearch;
  always?: boolean;
}): React.JSX.Element | null {
  const trans = useTrans();
  const { search, always = false } = props;
  if (!search.open && !always) {
    return null;
  }
  return (
    <input
      className="jp-gitlab-input jp-gitlab-Lists-search"
      type="search"
      autoFocus={!always}
      aria-label={trans.__('Search in title and description')}
      placeholder={trans.__('Search in title and description')}
      value={search.text}
      onChange={event => search.setText(event.target.value)}
      onKeyDown={event => {
        if (event.key === 'Escape' && (search.open || search.text)) {
          event.stopPropagation();
          search.setOpen(false);
          search.button.current?.focus();
        }
      }}
    />
  );
}
