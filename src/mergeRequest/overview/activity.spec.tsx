import { RenderMimeRegistry } from '@jupyterlab/rendermime';
import { CommandRegistry } from '@lumino/commands';
import type { UseQueryResult } from '@tanstack/react-query';
import { act, fireEvent, screen } from '@testing-library/react';

import type { Schemas } from '../../api/client';
import { ScreenProvider } from '../../diff/screen/screen';
import { DiffSettings } from '../../diff/settings';
import { renderWithApi } from '../../testing/api';
import { discussion, note } from '../../testing/mergeRequests';
import { FakeObserver } from '../../testing/observer';
import type { IGitLab } from '../../tokens';
import { ServicesProvider } from '../context';
import { nextUnresolved, showThread } from '../jump';
import { Activity } from './activity';

const own = globalThis.IntersectionObserver;

beforeAll(() => {
  Element.prototype.scrollIntoView = jest.fn();
});

beforeEach(() => {
  jest.useFakeTimers();
  globalThis.IntersectionObserver =
    FakeObserver as unknown as typeof IntersectionObserver;
});

afterEach(() => {
  jest.useRealTimers();
  globalThis.IntersectionObserver = own;
});

function show(discussions: Schemas['Discussion'][]): HTMLElement {
  const query = {
    data: { discussions },
    error: null,
    isPending: false
  } as unknown as UseQueryResult<Schemas['Discussions']>;
  const { container } = renderWithApi(
    <ServicesProvider
      value={{
        folder: 'clone',
        iid: 42,
        commands: new CommandRegistry(),
        gitlab: {} as IGitLab,
        rendermime: new RenderMimeRegistry(),
        settings: new DiffSettings(null),
        setTitle: () => undefined
      }}
    >
      <ScreenProvider root={document.createElement('div')}>
        <Activity discussions={query} onShow={() => undefined} />
      </ScreenProvider>
    </ServicesProvider>
  );
  return container;
}

const replies = () => screen.queryAllByRole('textbox', { name: /^Reply to/ });

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => discussion(`d${index}`));

describe('a long activity', () => {
  it('holds the words of what is far away, and draws it when it comes near', () => {
    show(many(3));
    expect(screen.getByText(/jonas: Note of d2/)).toBeVisible();
    expect(replies()).toHaveLength(0);
    act(() => {
      FakeObserver.latest.say(true);
      jest.advanceTimersByTime(1000);
    });
    expect(replies()).toHaveLength(3);
  });

  it('does not draw what is scrolled past', () => {
    show(many(3));
    act(() => {
      FakeObserver.latest.say(true);
      FakeObserver.latest.say(false);
      jest.advanceTimersByTime(1000);
    });
    expect(replies()).toHaveLength(0);
  });

  it('holds every thread, the box for a comment last', () => {
    const container = show(many(250));
    expect(container.querySelectorAll('[data-gitlab-thread]')).toHaveLength(
      250
    );
    expect(
      screen.getByRole('textbox', { name: 'Comment on the merge request' })
    ).toBeVisible();
  });

  it('draws the thread that somebody is brought to', () => {
    const container = show(many(3));
    const thread = container.querySelector<HTMLElement>(
      '[data-gitlab-thread="d1"]'
    );
    act(() => showThread(thread!));
    expect(replies()).toHaveLength(1);
    expect(
      screen.getAllByRole('group', { name: /^Thread by/ })[1]
    ).toHaveFocus();
    expect(thread).not.toBeInTheDocument();
  });

  it('leads from one unresolved thread to the next, drawn or not', () => {
    const container = show([
      discussion('a'),
      discussion('b', { resolved: true }),
      discussion('c'),
      discussion('d', {
        individual: true,
        resolvable: false,
        notes: [note('Fine.')]
      }),
      discussion('e')
    ]);
    const visited = [1, 2, 3, 4].map(() => {
      const thread = nextUnresolved(container);
      const id = thread?.getAttribute('data-gitlab-thread') ?? null;
      act(() => thread && showThread(thread));
      // The button takes the focus.
      fireEvent.blur(document.activeElement!);
      (document.activeElement as HTMLElement).blur();
      return id;
    });
    expect(visited).toEqual(['a', 'c', 'e', null]);
  });
});
