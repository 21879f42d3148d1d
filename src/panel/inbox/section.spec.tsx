import { fireEvent, screen, waitFor } from '@testing-library/react';

import { counts, FAR, inboxItem, inboxPage, todo } from '../../testing/inbox';
import { account, panelFixture, renderPart } from '../../testing/panel';
import { FakeServer, type ISeen, refuse } from '../../testing/server';
import { CommandIDs } from '../../tokens';
import { InboxSection } from './section';

async function draw(answers: Record<string, unknown> = {}) {
  const server = new FakeServer({
    'GET /accounts': account(),
    'GET /inbox/counts': counts(4),
    'GET /inbox': inboxPage([inboxItem(41)]),
    'GET /inbox/todos': {
      todos: [todo(7), todo(8, { action: 'review_requested' })],
      page: 1,
      next_page: null,
      total: 2
    },
    ...answers
  });
  const fixture = await panelFixture(server);
  const onCount = jest.fn();
  renderPart(
    fixture.services,
    <InboxSection current={fixture.current} onCount={onCount} />
  );
  return { server, onCount, ...fixture };
}

const choose = async (name: RegExp) =>
  fireEvent.click(await screen.findByRole('radio', { name }));

describe('InboxSection', () => {
  it('begins with the reviews, names the project and says how much waits', async () => {
    const { onCount } = await draw();
    expect(await screen.findByText('Title 41')).toBeInTheDocument();
    expect(screen.getByText(/far\/away!41/)).toBeInTheDocument();
    expect(
      await screen.findByRole('radio', { name: 'Review 2' })
    ).toBeChecked();
    expect(onCount).toHaveBeenLastCalledWith(4);
  });

  it('opens a merge request of a project that is not cloned', async () => {
    const { executed } = await draw();
    fireEvent.click(await screen.findByText('Title 41'));
    expect(executed).toEqual([
      [CommandIDs.openMergeRequest, { folder: FAR, iid: 41 }]
    ]);
  });

  it('loads page after page, and searches', async () => {
    const { server } = await draw({
      'GET /inbox': ({ query }: ISeen) =>
        query.get('search')
          ? inboxPage([])
          : query.get('page') === '2'
            ? inboxPage([inboxItem(1)])
            : inboxPage([inboxItem(3)], 2)
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('Title 1')).toBeInTheDocument();
    expect(screen.getByText('Title 3')).toBeInTheDocument();
    fireEvent.change(screen.getByRole('searchbox'), {
      target: { value: 'auc' }
    });
    expect(
      await screen.findByText('Nothing matches “auc”')
    ).toBeInTheDocument();
    expect(server.to('GET /inbox').pop()?.query.get('search')).toBe('auc');
    fireEvent.keyDown(screen.getByRole('searchbox'), { key: 'Escape' });
    expect(await screen.findByText('Title 3')).toBeInTheDocument();
  });

  it('lists to-dos in words, opens them and marks them as done', async () => {
    const { server, executed, onCount } = await draw({
      'POST /inbox/todos/7/done': counts(3)
    });
    await choose(/^To-do/);
    expect(await screen.findByText('Text 7')).toBeInTheDocument();
    expect(screen.getByText(/@jonas mentioned you/)).toBeInTheDocument();
    expect(screen.getByText(/@jonas asks for your review/)).toBeInTheDocument();
    fireEvent.click(screen.getByText('Text 7'));
    expect(executed).toHaveLength(1);
    server.answer('GET /inbox/todos', {
      todos: [todo(8)],
      page: 1,
      next_page: null,
      total: 1
    });
    fireEvent.click(screen.getAllByRole('button', { name: 'Mark as done' })[0]);
    await waitFor(() => expect(screen.queryByText('Text 7')).toBeNull());
    expect(server.to('POST /inbox/todos/7/done')).toHaveLength(1);
    expect(onCount).toHaveBeenLastCalledWith(3);
  });

  it('keeps a to-do that could not be marked, and says why', async () => {
    await draw({
      'POST /inbox/todos/7/done': refuse(502, 'gitlab_unreachable', 'Away.')
    });
    await choose(/^To-do/);
    fireEvent.click(
      (await screen.findAllByRole('button', { name: 'Mark as done' }))[0]
    );
    expect(await screen.findByRole('alert')).toHaveTextContent('Away.');
    expect(screen.getByText('Text 7')).toBeInTheDocument();
  });

  it.each([
    [/^Review/, 'Nothing waits for your review'],
    [/^Assigned/, 'Nothing is assigned to you'],
    [/^Mine/, 'You have no open merge request']
  ])('says what would fill %s', async (name, words) => {
    await draw({ 'GET /inbox': inboxPage([]) });
    await choose(name);
    expect(await screen.findByText(words)).toBeInTheDocument();
  });

  it('says why there is no list', async () => {
    await draw({ 'GET /inbox': refuse(429, 'rate_limited', 'Too often.') });
    expect(await screen.findByRole('alert')).toHaveTextContent('Too often.');
  });

  it('waits for the sign-in', async () => {
    const { server } = await draw({
      'GET /accounts': account({ signed_in: false })
    });
    expect(
      await screen.findByText('Sign in above to see them.')
    ).toBeInTheDocument();
    expect(server.to('GET /inbox')).toHaveLength(0);
  });
});
