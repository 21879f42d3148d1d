import { caretDownIcon, ellipsesIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { Button, IconButton, type IButtonProps } from './button';
import { openMenuBelow, type MenuEntry } from './menu';

/** The ⋯ button: what is seldom wanted. */
export function MoreButton(props: {
  label: string;
  entries: () => readonly MenuEntry[];
}): React.JSX.Element {
  return (
    <IconButton
      icon={ellipsesIcon}
      label={props.label}
      aria-haspopup="menu"
      aria-expanded="false"
      onClick={event => openMenuBelow(event.currentTarget, props.entries())}
    />
  );
}

export interface ISplitButtonProps extends IButtonProps {
  /** The accessible name of the arrow. */
  menuLabel: string;
  entries: () => readonly MenuEntry[];
}

/** A button with an arrow beside it that offers variants of the same action. */
export function SplitButton(props: ISplitButtonProps): React.JSX.Element {
  const { menuLabel, entries, ...button } = props;
  return (
    <span className="jp-gitlab-SplitButton">
      <Button {...button} />
      <Button
        kind={button.kind}
        disabled={button.disabled || button.busy}
        aria-label={menuLabel}
        title={menuLabel}
        aria-haspopup="menu"
        aria-expanded="false"
        onClick={event => openMenuBelow(event.currentTarget, entries())}
      >
        <caretDownIcon.react tag="span" />
      </Button>
    </span>
  );
}
