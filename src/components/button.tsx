import type { LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { Spinner } from './spinner';

export interface IButtonProps extends React.ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary` once a view; `link` inside a line of text. */
  kind?: 'default' | 'primary' | 'link';
  /** Work is under way: shows a spinner and takes no clicks. */
  busy?: boolean;
  icon?: LabIcon;
}

/** While a button is busy it keeps the focus, which one that is disabled would lose, but takes no clicks. */
function busyProps(
  busy: boolean
): React.ButtonHTMLAttributes<HTMLButtonElement> {
  return busy
    ? {
        'aria-busy': true,
        'aria-disabled': true,
        onClick: event => event.preventDefault()
      }
    : {};
}

/** A text button. */
export const Button = React.forwardRef<HTMLButtonElement, IButtonProps>(
  function Button(props, ref) {
    const {
      kind = 'default',
      busy = false,
      icon,
      className = '',
      children,
      ...rest
    } = props;
    return (
      <button
        type="button"
        {...rest}
        ref={ref}
        {...busyProps(busy)}
        className={`jp-gitlab-Button jp-gitlab-mod-${kind} ${className}`}
      >
        {busy ? <Spinner /> : icon && <icon.react tag="span" />}
        {children}
      </button>
    );
  }
);

export interface IIconButtonProps extends React.ButtonHTMLAttributes<HTMLButtonElement> {
  icon: LabIcon;
  /** What the button does: its accessible name and its tooltip. */
  label: string;
  busy?: boolean;
}

/** A button that shows an icon only. */
export const IconButton = React.forwardRef<HTMLButtonElement, IIconButtonProps>(
  function IconButton(props, ref) {
    const { icon, label, busy = false, className = '', ...rest } = props;
    return (
      <button
        type="button"
        {...rest}
        ref={ref}
        {...busyProps(busy)}
        className={`jp-gitlab-IconButton ${className}`}
        aria-label={label}
        title={rest.title ?? label}
      >
        {busy ? <Spinner /> : <icon.react tag="span" />}
      </button>
    );
  }
);
