import { fireEvent, screen, waitFor } from '@testing-library/react';

import type { Schemas } from '../../api/client';
import { summary } from '../../testing/inbox';
import { account, panelFixture, renderPart } from '../../testing/panel';
import { FakeServer, refuse } from '../../testing/server';
import { CommandIDs } from '../../tokens';
import { MergeRequestsSection } from './section';

const page = (
  items: Schemas['MergeRequestSummary'][],
  next_page: number | null = null
): Schemas['MergeRequestPage'] => ({ items, page: 1, next_page, total: null });

async function draw(list: unknown) {
  const server = new FakeServer({
    'GET /accounts': account(),
    'GET /merge-requests/counts': { for_review: 2, mine: 0, all: null },
    'GET /merge-requests': list
  });
  const fixture = await panelFixture(server);
  renderPart(
    fixture.services,
    <MergeRequestsSection current={fixture.current} />
  );
  return { server, ...fixture };
}

/** The list requests of the section, without the look-up for the status bar. */
const lists = (server: FakeServer) =>
  server
    .to('GET /merge-requests')
    .filter(({ query }) => query.has('scope'))
    .map(({ query }) => query);

describe('MergeRequestsSection', () => {
  it('begins with what waits for my review and says how many there are', async () => {
    const { server } = await draw(page([summary(41, { comments: 2 })]));
    expect(await screen.findByText('Title 41')).toBeInTheDocument();
    expect(
      await screen.findByRole('radio', { name: 'For review 2' })
    ).toBeChecked();
    expect(screen.getByRole('radio', { name: 'All' })).toBeInTheDocument();
    expect(screen.getByLabelText('2 comments')).toBeInTheDocument();
    expect(lists(server)[0].get('scope')).toBe('for_review');
  });

  it('opens one in the main area', async () => {
    const { executed } = await draw(page([summary(41)]));
    fireEvent.click(await screen.findByText('Title 41'));
    expect(executed).toEqual([
      [CommandIDs.openMergeRequest, { folder: 'clone', iid: 41 }]
    ]);
  });

  it('asks for what a click will show once the pointer rests on a row', async () => {
    const { server } = await draw(page([summary(41), summary(42)]));
    const passed = await screen.findByText('Title 42');
    const wanted = screen.getByText('Title 41');
    fireEvent.pointerEnter(passed);
    fireEvent.pointerLeave(passed);
    fireEvent.pointerEnter(wanted);
    await waitFor(() =>
      expect(server.to('GET /merge-requests/41/files')).toHaveLength(1)
    );
    expect(server.to('GET /merge-requests/41')).toHaveLength(1);
    expect(server.to('GET /merge-requests/41/discussions')).toHaveLength(1);
    expect(server.to('GET /merge-requests/42/files')).toHaveLength(0);
  });

  it('loads page after page', async () => {
    const { server } = await draw((seen: { query: URLSearchParams }) =>
      seen.query.get('page') === '2'
        ? page([summary(1)])
        : page([summary(3), summary(2)], 2)
    );
    fireEvent.click(await screen.findByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('Title 1')).toBeInTheDocument();
    expect(screen.getByText('Title 3')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull();
    expect(lists(server).map(query => query.get('page'))).toEqual(['1', '2']);
  });

  it('searches once typing has stopped', async () => {
    const { server } = await draw((seen: { query: URLSearchParams }) =>
      seen.query.get('search') ? page([]) : page([summary(1)])
    );
    fireEvent.click(
      await screen.findByRole('button', { name: 'Search merge requests' })
    );
    const box = screen.getByRole('searchbox');
    fireEvent.change(box, { target: { value: 'au' } });
    fireEvent.change(box, { target: { value: 'auc' } });
    expect(
      await screen.findByText('Nothing matches “auc”')
    ).toBeInTheDocument();
    expect(
      lists(server)
        .map(query => query.get('search'))
        .filter(Boolean)
    ).toEqual(['auc']);
  });

  it('offers to search all, and ends the search with Escape', async () => {
    const { server } = await draw((seen: { query: URLSearchParams }) =>
      seen.query.get('scope') === 'all' || !seen.query.get('search')
        ? page([summary(1)])
        : page([])
    );
    fireEvent.click(
      await screen.findByRole('button', { name: 'Search merge requests' })
    );
    fireEvent.change(screen.getByRole('searchbox'), {
      target: { value: 'auc' }
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Search all' }));
    expect(await screen.findByText('Title 1')).toBeInTheDocument();
    expect(screen.getByRole('radio', { name: /^All/ })).toBeChecked();
    expect(lists(server).pop()?.get('search')).toBe('auc');
    fireEvent.keyDown(screen.getByRole('searchbox'), { key: 'Escape' });
    expect(screen.queryByRole('searchbox')).toBeNull();
    expect(
      screen.getByRole('button', { name: 'Search merge requests' })
    ).toHaveFocus();
  });

  it.each([
    ['For review', 'Nothing waits for your review'],
    ['Mine', 'You have no open merge request'],
    ['All', 'No open merge requests']
  ])('says what would fill “%s”', async (name, words) => {
    await draw(page([]));
    fireEvent.click(
      await screen.findByRole('radio', { name: new RegExp(`^${name}`) })
    );
    expect(await screen.findByText(words)).toBeInTheDocument();
  });

  it('says why there is no list', async () => {
    await draw(refuse(404, 'project_not_found', 'No such project for you.'));
    await waitFor(() =>
      expect(screen.getByRole('alert')).toHaveTextContent(
        'No such project for you.'
      )
    );
  });
});
