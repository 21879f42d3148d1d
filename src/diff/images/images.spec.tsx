import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { ChangeOptionsProvider } from '../settings';
import type { ImageMode } from '../types';
import { compare } from './difference';
import { ImageDiff } from './imageDiff';

function show(mode: ImageMode, change = jest.fn()) {
  render(
    <ChangeOptionsProvider value={change}>
      <ImageDiff
        old={{ url: 'blob:old', bytes: 4200 }}
        new={{ url: 'blob:new', bytes: 2_000_000 }}
        name="roc.png"
        mode={mode}
      />
    </ChangeOptionsProvider>
  );
  return change;
}

describe('two pictures', () => {
  it('stand side by side with their sizes', () => {
    show('side');
    const before = screen.getByAltText('roc.png, − Before');
    Object.defineProperties(before, {
      naturalWidth: { value: 480 },
      naturalHeight: { value: 300 }
    });
    fireEvent.load(before);
    expect(
      screen.getByText('− Before · 480 × 300 · 4.2 kB')
    ).toBeInTheDocument();
    expect(screen.getByText('+ After · 2.0 MB')).toBeInTheDocument();
  });

  it('are compared in the way that was chosen last', async () => {
    const change = show('side');
    await userEvent.click(screen.getByRole('radio', { name: 'Swipe' }));
    expect(change).toHaveBeenCalledWith({ images: 'swipe' });
  });

  it('share one place, with a border that keys can move', () => {
    show('swipe');
    const slider = screen.getByRole('slider', { name: /^Border/ });
    fireEvent.change(slider, { target: { value: '30' } });
    expect(slider).toHaveAttribute('aria-valuetext', '30 %');
    expect(screen.getByAltText('roc.png, before').style.clipPath).toBe(
      'inset(0 70% 0 0)'
    );
    expect(screen.getByAltText('roc.png, after').style.clipPath).toBe(
      'inset(0 0 0 30%)'
    );
  });

  it('blend into each other', () => {
    show('onion');
    fireEvent.change(screen.getByRole('slider'), { target: { value: '80' } });
    expect(screen.getByAltText('roc.png, after').style.opacity).toBe('0.8');
  });
});

describe('the difference of two pictures', () => {
  const pixels = (...values: number[][]) =>
    new Uint8ClampedArray(values.flatMap(value => [...value, 255]));

  it('counts the pixels that differ visibly', () => {
    const result = new Uint8ClampedArray(12);
    const count = compare(
      pixels([0, 0, 0], [100, 100, 100], [10, 20, 30]),
      pixels([0, 0, 0], [103, 99, 100], [200, 20, 30]),
      result
    );
    expect(count).toBe(1);
    expect([...result.slice(8, 12)]).toEqual([214, 0, 147, 255]);
  });

  it('shows what is the same as a faint copy', () => {
    const result = new Uint8ClampedArray(4);
    compare(pixels([0, 0, 0]), pixels([0, 0, 0]), result);
    expect([...result]).toEqual([191, 191, 191, 255]);
  });
});
