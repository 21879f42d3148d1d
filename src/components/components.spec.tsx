import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';

import { ApiError } from '../api/errors';
import {
  avatarColor,
  Checkbox,
  ErrorBox,
  Field,
  initials,
  LineCounts,
  relativeTime,
  Segmented
} from '.';

const trans = nullTranslator.load('');

describe('Checkbox', () => {
  it('shows three states and asks for a tick when it is partly ticked', () => {
    const wanted = jest.fn();
    render(<Checkbox checked="mixed" label="Commit a" onChange={wanted} />);
    const box = screen.getByRole<HTMLInputElement>('checkbox', {
      name: 'Commit a'
    });
    expect(box.indeterminate).toBe(true);
    expect(box).toHaveAttribute('aria-checked', 'mixed');
    fireEvent.click(box);
    expect(wanted).toHaveBeenCalledWith(true);
  });

  it('is named by its text', () => {
    render(<Checkbox checked={true}>Draft</Checkbox>);
    expect(screen.getByRole('checkbox', { name: 'Draft' })).toBeChecked();
  });
});

describe('Segmented', () => {
  const Lists = () => {
    const [value, setValue] = React.useState<'a' | 'b' | 'c'>('a');
    return (
      <Segmented
        label="Which"
        value={value}
        onChange={setValue}
        segments={[
          { value: 'a', label: 'A', count: 2 },
          { value: 'b', label: 'B', count: null },
          { value: 'c', label: 'C' }
        ]}
      />
    );
  };

  it('is a radio group with one tab stop that arrow keys move through', async () => {
    render(<Lists />);
    const user = userEvent.setup();
    await user.tab();
    expect(screen.getByRole('radio', { name: /A/ })).toHaveFocus();
    await user.keyboard('{ArrowRight}');
    expect(screen.getByRole('radio', { name: 'B' })).toBeChecked();
    expect(screen.getByRole('radio', { name: 'B' })).toHaveFocus();
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(screen.getByRole('radio', { name: 'C' })).toBeChecked();
  });

  it('leaves out counts that are not known', () => {
    render(<Lists />);
    expect(screen.getByRole('radio', { name: /A/ })).toHaveTextContent('A2');
    expect(screen.getByRole('radio', { name: 'B' })).toHaveTextContent(/^B$/);
  });
});

describe('ErrorBox', () => {
  it('says what, what to do, folds the rest and offers another try', () => {
    const retry = jest.fn();
    render(
      <ErrorBox
        title="Nothing was pushed."
        error={
          new ApiError(422, {
            code: 'push_hook_declined',
            message: 'A hook on GitLab declined.',
            hint: 'Ask its owner.',
            details: { output: 'remote: no' }
          })
        }
        onRetry={retry}
      />
    );
    const box = screen.getByRole('alert');
    expect(box).toHaveTextContent('Nothing was pushed.');
    expect(box).toHaveTextContent('A hook on GitLab declined.');
    expect(box).toHaveTextContent('Ask its owner.');
    expect(box.querySelector('details')).not.toHaveAttribute('open');
    expect(box.querySelector('pre')).toHaveTextContent('remote: no');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalled();
  });
});

describe('Field', () => {
  it('ties label and help to the control', () => {
    render(
      <Field label="Email" help="One that GitLab knows.">
        <input />
      </Field>
    );
    expect(screen.getByLabelText('Email')).toHaveAccessibleDescription(
      'One that GitLab knows.'
    );
  });
});

describe('LineCounts', () => {
  it('says both counts to screen readers and leaves out a zero', () => {
    render(<LineCounts added={4} removed={0} />);
    const counts = screen.getByLabelText('4 lines added, 0 removed');
    expect(counts).toHaveTextContent(/^\+4$/);
  });

  it('says binary where lines do not count', () => {
    render(<LineCounts added={null} removed={null} />);
    expect(screen.getByText('binary')).toBeInTheDocument();
  });
});

describe('relativeTime', () => {
  const now = Date.parse('2026-03-10T12:00:00Z');

  it.each([
    ['2026-03-10T11:59:40Z', 'just now', 'now'],
    ['2026-03-10T11:55:00Z', '5 minutes ago', '5 min'],
    ['2026-03-10T10:00:00Z', '2 hours ago', '2 hr'],
    ['2026-03-09T10:00:00Z', '1 day ago', '1 day'],
    ['2025-03-10T12:00:00Z', '12 months ago', '12 mths'],
    ['2026-03-12T12:00:00Z', 'in 2 days', '2 days'],
    ['yesterday-ish', 'yesterday-ish', 'yesterday-ish']
  ])('of %s is “%s” or “%s”', (time, long, narrow) => {
    document.documentElement.lang = 'en';
    expect(relativeTime(time, now, trans)).toBe(long);
    expect(relativeTime(time, now, trans, true)).toBe(narrow);
  });
});

describe('users', () => {
  it.each([
    [{ name: 'Jonas Weber', username: 'jonas' }, 'JW'],
    [{ name: 'Ana María de la Cruz', username: 'a' }, 'AC'],
    [{ name: '', username: 'root' }, 'R'],
    [{ name: '李 雷', username: 'li' }, '李雷']
  ])('%j has the initials %s', (user, expected) => {
    expect(initials(user)).toBe(expected);
  });

  it('keep their colour', () => {
    expect(avatarColor('mira')).toBe(avatarColor('mira'));
    expect(avatarColor('mira')).toBeLessThan(8);
  });
});
