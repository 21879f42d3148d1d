import { Dialog } from '@jupyterlab/apputils';
import { fireEvent } from '@testing-library/react';

import { press, settled } from '../../testing/dialog';
import { account, panelFixture, repository } from '../../testing/panel';
import { FakeServer, refuse } from '../../testing/server';
import { showCreateDialog } from './dialog';

const made = { iid: 9, title: 'Report AUC', draft: false, web_url: 'u' };

function server(): FakeServer {
  return new FakeServer({
    'GET /projects': {
      id: 1,
      default_branch: 'main',
      squash_default: true,
      remove_source_branch_default: true
    },
    'GET /accounts': account(),
    'GET /merge-request-templates': { templates: [], default: null },
    'GET /commits': { items: [{ title: 'Report AUC', body: 'Because.' }] },
    'GET /branches': {
      branches: [
        { name: 'feature/auc', remote: null },
        { name: 'main', remote: null }
      ],
      default: 'main'
    },
    'GET /members': { users: [] },
    'GET /labels': { labels: [] },
    'GET /milestones': { milestones: [] }
  });
}

const field = (label: string): HTMLInputElement => {
  const found = [...document.querySelectorAll('label')].find(
    each => each.textContent === label
  );
  return document.getElementById(
    found?.getAttribute('for') ?? ''
  ) as HTMLInputElement;
};

afterEach(() => Dialog.flush());

describe('showCreateDialog', () => {
  it('starts with what is known and creates what was typed', async () => {
    const fake = server();
    fake.answer('POST /merge-requests', made);
    const { services, current } = await panelFixture(fake);
    const result = showCreateDialog(services, current);
    await settled();
    expect(field('Title').value).toBe('Report AUC');
    expect(field('Description').value).toBe('Because.');
    expect(field('Target branch').value).toBe('main');
    fireEvent.change(field('Title'), { target: { value: 'Better title' } });
    await press('Create merge request');
    expect(await result).toMatchObject({ iid: 9 });
    expect(fake.to('POST /merge-requests')[0].body).toMatchObject({
      title: 'Better title',
      source_branch: 'feature/auc',
      target_branch: 'main',
      squash: true,
      assignee_ids: [2]
    });
    expect(fake.to('POST /pushes')).toHaveLength(0);
  });

  it('pushes first what GitLab does not have', async () => {
    const fake = server();
    fake.answer('POST /pushes', {});
    fake.answer('POST /merge-requests', made);
    const { services, current } = await panelFixture(
      fake,
      repository({ upstream: null, unpushed: 1 })
    );
    const result = showCreateDialog(services, current);
    await settled();
    await press('Create merge request');
    await result;
    expect(
      fake.operations.filter(operation => operation.startsWith('POST'))
    ).toEqual(['POST /pushes', 'POST /merge-requests']);
  });

  it('keeps what was typed over a failure and over a cancel', async () => {
    const fake = server();
    fake.answer(
      'POST /merge-requests',
      refuse(422, 'gitlab_refused', 'Title is too long.')
    );
    const { services, current } = await panelFixture(fake);
    const first = showCreateDialog(services, current);
    await settled();
    fireEvent.change(field('Title'), { target: { value: 'Mine' } });
    await press('Create merge request');
    await settled();
    expect(document.querySelector('[role=alert]')).toHaveTextContent(
      'Title is too long.'
    );
    expect(field('Title').value).toBe('Mine');
    await press('Cancel');
    expect(await first).toBeNull();

    void showCreateDialog(services, current);
    await settled();
    expect(field('Title').value).toBe('Mine');
    await press('Cancel');
  });

  it('asks for a title before it asks GitLab', async () => {
    const fake = server();
    const { services, current } = await panelFixture(fake);
    const result = showCreateDialog(services, current);
    await settled();
    fireEvent.change(field('Title'), { target: { value: '  ' } });
    await press('Create merge request');
    expect(document.querySelector('[role=alert]')).toHaveTextContent('title');
    expect(fake.to('POST /merge-requests')).toHaveLength(0);
    await press('Cancel');
    await result;
  });

  it('takes the one that somebody else has opened meanwhile', async () => {
    const fake = server();
    fake.answer('POST /merge-requests', refuse(409, 'merge_request_exists'));
    fake.answer('GET /merge-requests', { items: [made], next_page: null });
    fake.answer('GET /merge-requests/9', made);
    const { services, current } = await panelFixture(fake);
    const result = showCreateDialog(services, current);
    await settled();
    await press('Create merge request');
    expect(await result).toMatchObject({ iid: 9 });
  });
});
