import { QueryObserver } from '@tanstack/react-query';

import { keys } from '../../api/keys';
import { queryClient } from '../../api/queryClient';
import { panelFixture } from '../../testing/panel';
import { FakeServer } from '../../testing/server';
import { refreshAll } from './refresh';

it('a refresh asks again for the clone and for GitLab', async () => {
  const server = new FakeServer();
  const { services, current } = await panelFixture(server);
  const { folder } = current;
  const asked: string[] = [];
  const watched = {
    changes: keys.changes(folder),
    counts: keys.counts(folder)
  };
  const stops = Object.entries(watched).map(([name, queryKey]) =>
    new QueryObserver<null>(queryClient, {
      queryKey,
      queryFn: () => {
        asked.push(name);
        return null;
      },
      staleTime: Infinity
    }).subscribe(() => undefined)
  );
  await Promise.resolve();
  asked.length = 0;
  const before = server.to('GET /repositories').length;
  await refreshAll(services);
  stops.forEach(stop => stop());
  expect(server.to('GET /repositories').length).toBeGreaterThan(before);
  expect(asked).toEqual(['changes', 'counts']);
});
