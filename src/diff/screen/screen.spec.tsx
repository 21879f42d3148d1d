import { act, render, screen } from '@testing-library/react';

import { FakeObserver } from '../../testing/observer';
import { Findable } from './findable';
import { LazyBlock } from './lazyBlock';
import { Pacer } from './pacer';
import { ScreenProvider } from './screen';
import { Shelf } from './shelf';

describe('a block of the view', () => {
  const own = globalThis.IntersectionObserver;

  beforeEach(() => {
    jest.useFakeTimers();
    globalThis.IntersectionObserver =
      FakeObserver as unknown as typeof IntersectionObserver;
  });

  afterEach(() => {
    jest.useRealTimers();
    globalThis.IntersectionObserver = own;
  });

  function show(lines: number, keep = false) {
    const root = document.createElement('div');
    return render(
      <ScreenProvider root={root}>
        <LazyBlock height={100} lines={lines} text={() => 'x = 1'} keep={keep}>
          {() => <button>x = 1, in colours</button>}
        </LazyBlock>
      </ScreenProvider>
    );
  }

  /** Scrolls to it, does something, and scrolls far away; whether it is still there. */
  function leave(meanwhile: (made: HTMLElement) => void): boolean {
    act(() => {
      FakeObserver.latest.say(true);
      jest.runAllTimers();
    });
    meanwhile(screen.getByText('x = 1, in colours'));
    act(() => {
      FakeObserver.latest.say(false);
      jest.runAllTimers();
    });
    return screen.queryByText('x = 1, in colours') !== null;
  }

  it('holds its text for the search of the browser until it is made', () => {
    show(10);
    expect(screen.getByText('x = 1')).toBeInTheDocument();
  });

  it('is made when it comes near', () => {
    show(1_000_000);
    act(() => {
      FakeObserver.latest.say(false);
      jest.runAllTimers();
    });
    expect(screen.queryByText('x = 1, in colours')).toBeNull();
    act(() => {
      FakeObserver.latest.say(true);
      jest.runAllTimers();
    });
    expect(screen.getByText('x = 1, in colours')).toBeInTheDocument();
    expect(screen.queryByText('x = 1')).toBeNull();
  });

  it('is made while there is time if it is small', () => {
    show(10);
    act(() => void jest.runAllTimers());
    expect(screen.getByText('x = 1, in colours')).toBeInTheDocument();
  });

  const LARGE = 1000;

  it('goes when it is far away again, and leaves its text and its height', () => {
    const { container } = show(LARGE);
    const block = container.firstElementChild as HTMLElement;
    Object.defineProperty(block, 'offsetHeight', { value: 321 });
    expect(leave(() => undefined)).toBe(false);
    expect(screen.getByText('x = 1')).toBeInTheDocument();
    expect(block.style.height).toBe('321px');
    act(() => {
      FakeObserver.latest.say(true);
      jest.runAllTimers();
    });
    expect(screen.getByText('x = 1, in colours')).toBeInTheDocument();
    expect(block.style.height).toBe('');
  });

  it.each([
    ['is used', (made: HTMLElement) => made.click()],
    ['has the focus', (made: HTMLElement) => made.focus()],
    [
      'is selected',
      (made: HTMLElement) => document.getSelection()?.selectAllChildren(made)
    ]
  ])('stays where it %s', (_, meanwhile) => {
    show(LARGE);
    expect(leave(meanwhile)).toBe(true);
  });

  it('is there at once and stays where it holds what must not be lost', () => {
    show(LARGE, true);
    expect(leave(() => undefined)).toBe(true);
  });
});

describe('text that is folded away', () => {
  it('opens when the search of the browser finds something in it', () => {
    const onFound = jest.fn();
    render(<Findable text={() => 'hidden words'} onFound={onFound} />);
    const text = screen.getByText('hidden words');
    expect(text.getAttribute('hidden')).toBe('until-found');
    text.dispatchEvent(new Event('beforematch'));
    expect(onFound).toHaveBeenCalledTimes(1);
  });
});

describe('many small tasks', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('are done in order, with pauses, unless they were taken back', () => {
    const pacer = new Pacer();
    const done: number[] = [];
    const slow = (name: number) => () => {
      done.push(name);
      jest.advanceTimersByTime(0);
      const end = performance.now() + 20;
      jest.setSystemTime(end);
    };
    pacer.soon(slow(1));
    pacer.soon(slow(2))();
    pacer.soon(slow(3));
    expect(done).toEqual([]);
    jest.runAllTimers();
    expect(done).toEqual([1, 3]);
  });

  it('are left undone in idle time if they would make too much', () => {
    const pacer = new Pacer();
    const task = jest.fn();
    for (let index = 0; index < 10; index++) {
      pacer.idle(task, 100);
    }
    jest.runAllTimers();
    expect(task).toHaveBeenCalledTimes(5);
  });
});

describe('what was scrolled away', () => {
  const item = (size: number, isHeld = false) => ({
    size,
    isHeld: () => isHeld,
    drop: jest.fn()
  });

  it('goes when there is too much of it, the oldest first', () => {
    const shelf = new Shelf();
    const [first, second, third] = [3, 2, 2].map(size => item(size * 1e6));
    shelf.put(first);
    shelf.put(second);
    expect(first.drop).not.toHaveBeenCalled();
    shelf.put(third);
    expect(first.drop).toHaveBeenCalledTimes(1);
    expect(second.drop).not.toHaveBeenCalled();
  });

  it('stays while it must not go, and others go instead', () => {
    const shelf = new Shelf();
    const held = item(4e6, true);
    const second = item(1e6);
    [held, second, item(4e6)].forEach(each => shelf.put(each));
    expect(held.drop).not.toHaveBeenCalled();
    expect(second.drop).toHaveBeenCalledTimes(1);
  });

  it('stays while it is seen again', () => {
    const shelf = new Shelf();
    const first = item(5e6);
    shelf.put(first);
    shelf.take(first);
    shelf.put(item(5e6));
    expect(first.drop).not.toHaveBeenCalled();
  });
});
