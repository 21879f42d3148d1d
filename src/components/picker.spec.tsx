import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';

import { type IPickerOption, Picker } from './picker';

const PEOPLE: IPickerOption<number>[] = [
  { key: 1, label: 'Mira', detail: '@mira' },
  { key: 2, label: 'Jonas', detail: '@jonas' },
  { key: 3, label: 'Joana' }
];

const Reviewers = () => {
  const [selected, setSelected] = React.useState<IPickerOption<number>[]>([]);
  const [search, setSearch] = React.useState('');
  return (
    <label>
      Reviewers
      <Picker
        selected={selected}
        onChange={setSelected}
        options={PEOPLE.filter(({ label }) =>
          label.toLowerCase().includes(search.toLowerCase())
        )}
        search={search}
        onSearch={setSearch}
      />
    </label>
  );
};

describe('Picker', () => {
  it('takes what the keyboard chooses and offers it no more', async () => {
    render(<Reviewers />);
    const user = userEvent.setup();
    await user.tab();
    await user.keyboard('jo{ArrowDown}{Enter}');
    expect(
      screen.getByRole('button', { name: 'Remove Joana' })
    ).toBeInTheDocument();
    expect(screen.getByRole('combobox')).toHaveValue('');
    expect(screen.getAllByRole('option').map(each => each.textContent)).toEqual(
      ['Mira@mira', 'Jonas@jonas']
    );
  });

  it('gives back the last one for Backspace in the empty box', async () => {
    render(<Reviewers />);
    const user = userEvent.setup();
    await user.tab();
    await user.keyboard('{Enter}{Enter}{Backspace}');
    expect(screen.getAllByRole('button', { name: /Remove/ })).toHaveLength(1);
  });

  it('says what the active option is', async () => {
    render(<Reviewers />);
    const user = userEvent.setup();
    await user.tab();
    await user.keyboard('{ArrowDown}');
    const active = screen
      .getByRole('combobox')
      .getAttribute('aria-activedescendant');
    expect(document.getElementById(active ?? '')).toHaveTextContent('Jonas');
  });

  it('says that nothing was found', async () => {
    render(<Reviewers />);
    const user = userEvent.setup();
    await user.tab();
    await user.keyboard('xyz');
    expect(screen.getByText('Nothing found.')).toBeInTheDocument();
  });
});
