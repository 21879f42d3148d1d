import * as React from 'react';

export interface ICheckboxProps extends Omit<
  React.InputHTMLAttributes<HTMLInputElement>,
  'checked' | 'onChange' | 'type'
> {
  /** `mixed`: partly. */
  checked: boolean | 'mixed';
  /** The accessible name; leave out when `children` say it. */
  label?: string;
  /** Called with the wanted state; a mixed box asks for `true`. */
  onChange?: (checked: boolean) => void;
}

/** A checkbox with three states. */
export function Checkbox(props: ICheckboxProps): React.JSX.Element {
  const { checked, label, onChange, children, className = '', ...rest } = props;
  const ref = React.useRef<HTMLInputElement>(null);
  React.useEffect(() => {
    if (ref.current) {
      ref.current.indeterminate = checked === 'mixed';
    }
  }, [checked]);
  const input = (
    <input
      {...rest}
      ref={ref}
      type="checkbox"
      className={`jp-gitlab-Checkbox ${className}`}
      checked={checked === true}
      aria-label={label}
      aria-checked={checked === 'mixed' ? 'mixed' : checked}
      onChange={() => onChange?.(checked !== true)}
    />
  );
  return children === undefined ? (
    input
  ) : (
    <label className="jp-gitlab-CheckboxLabel">
      {input}
      <span>{children}</span>
    </label>
  );
}
