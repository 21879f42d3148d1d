import * as React from 'react';

/** A labelled control of a form: label above, help below. The only child gets the label's id. */
export function Field(props: {
  label: string;
  help?: React.ReactNode;
  children: React.ReactElement<{ id?: string; 'aria-describedby'?: string }>;
}): React.JSX.Element {
  const id = React.useId();
  const helpId = `${id}-help`;
  const described = props.help ? helpId : undefined;
  return (
    <div className="jp-gitlab-Field">
      <label htmlFor={id}>{props.label}</label>
      {React.cloneElement(props.children, {
        id,
        'aria-describedby': described
      })}
      {described && (
        <div id={helpId} className="jp-gitlab-Field-help">
          {props.help}
        </div>
      )}
    </div>
  );
}
