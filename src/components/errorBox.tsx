import * as React from 'react';

import { useTrans } from '../api/context';
import { describeError } from '../api/describe';
import { warningIcon } from '../icons';
import { Button } from './button';

export interface IErrorBoxProps {
  /** An `ApiError`, or anything that was thrown. */
  error: unknown;
  /** What could not be done, e.g. "The changes could not be listed."; shown above the error's own words. */
  title?: string;
  onRetry?: () => void;
  /** More buttons. */
  actions?: React.ReactNode;
  onDismiss?: () => void;
}

/** The face of a failure: what happened, what to do, details folded away. */
export function ErrorBox(props: IErrorBoxProps): React.JSX.Element {
  const trans = useTrans();
  const { message, hint, details } = describeError(props.error, trans);
  return (
    <div className="jp-gitlab-ErrorBox" role="alert">
      <warningIcon.react tag="span" className="jp-gitlab-ErrorBox-icon" />
      <div className="jp-gitlab-ErrorBox-body">
        {props.title && (
          <div className="jp-gitlab-ErrorBox-title">{props.title}</div>
        )}
        <div>{message}</div>
        {hint && <div className="jp-gitlab-ErrorBox-hint">{hint}</div>}
        {details && (
          <details>
            <summary>{trans.__('Details')}</summary>
            <pre>{details}</pre>
          </details>
        )}
        {(props.onRetry || props.actions || props.onDismiss) && (
          <div className="jp-gitlab-ErrorBox-actions">
            {props.onRetry && (
              <Button onClick={props.onRetry}>{trans.__('Try again')}</Button>
            )}
            {props.actions}
            {props.onDismiss && (
              <Button onClick={props.onDismiss}>{trans.__('Dismiss')}</Button>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
