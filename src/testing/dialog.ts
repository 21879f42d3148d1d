import { act } from '@testing-library/react';

/** Lets promises and short timers run. */
export async function settled(milliseconds = 30): Promise<void> {
  await act(() => new Promise(resolve => setTimeout(resolve, milliseconds)));
}

/** Presses a button of the dialog that is open. */
export async function press(label: string): Promise<void> {
  await settled();
  const buttons = [
    ...document.querySelectorAll<HTMLElement>('.jp-Dialog button')
  ];
  const button = buttons.find(each => each.textContent?.includes(label));
  if (!button) {
    const there = buttons.map(each => each.textContent).join(', ');
    throw new Error(`No “${label}” among: ${there}`);
  }
  await act(async () => {
    button.click();
    await Promise.resolve();
  });
}
