import type { LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

export interface IEmptyStateProps {
  icon?: LabIcon;
  /** What is the case, in a few words. */
  title: string;
  /** What would fill it, or what to do. */
  children?: React.ReactNode;
  /** Buttons. */
  actions?: React.ReactNode;
}

/** The face of "nothing here": says what it means and what to do. */
export function EmptyState(props: IEmptyStateProps): React.JSX.Element {
  return (
    <div className="jp-gitlab-EmptyState">
      {props.icon && (
        <props.icon.react
          tag="span"
          className="jp-gitlab-EmptyState-icon"
          width="24px"
          height="24px"
        />
      )}
      <div className="jp-gitlab-EmptyState-title">{props.title}</div>
      {props.children && (
        <div className="jp-gitlab-EmptyState-text">{props.children}</div>
      )}
      {props.actions && (
        <div className="jp-gitlab-EmptyState-actions">{props.actions}</div>
      )}
    </div>
  );
}
