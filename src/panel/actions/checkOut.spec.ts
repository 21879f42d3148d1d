import { Dialog, Notification } from '@jupyterlab/apputils';

import { press, settled } from '../../testing/dialog';
import {
  changedFile,
  changesOf,
  panelFixture,
  repository
} from '../../testing/panel';
import { FakeServer, refuse } from '../../testing/server';
import { notices } from '../notices';
import { checkOutMergeRequest } from './checkOut';

const POST = 'POST /merge-requests/7/check-outs';

function server(): FakeServer {
  return new FakeServer({
    'GET /changes': changesOf(),
    [POST]: { branch: 'mr-7-topic', output: '', changed_paths: [] },
    'POST /branches/switch': {
      branch: 'feature/auc',
      output: '',
      changed_paths: []
    }
  });
}

afterEach(() => {
  Dialog.flush();
  notices.clear();
  Notification.dismiss();
});

describe('checking out a merge request', () => {
  it('switches and offers the way back', async () => {
    const fake = server();
    const { services } = await panelFixture(fake, repository());
    expect(await checkOutMergeRequest(services, 7)).toBe(true);
    expect(fake.to(POST)).toHaveLength(1);
    const [told] = Notification.manager.notifications.filter(
      each => each.type === 'success'
    );
    expect(told.message).toBe('On branch mr-7-topic.');
    const [back] = told.options.actions ?? [];
    expect(back.label).toBe('Back to feature/auc');
    back.callback(new MouseEvent('click'));
    await settled();
    expect(fake.to('POST /branches/switch')[0].body).toMatchObject({
      name: 'feature/auc'
    });
  });

  it('asks before it takes uncommitted changes along', async () => {
    const fake = server();
    fake.answer('GET /changes', changesOf(changedFile('train.ipynb')));
    const { services } = await panelFixture(fake, repository());
    const first = checkOutMergeRequest(services, 7);
    await settled();
    expect(document.querySelector('.jp-Dialog')).toHaveTextContent(
      'train.ipynb'
    );
    await press('Cancel');
    expect(await first).toBe(false);
    expect(fake.to(POST)).toHaveLength(0);
    const second = checkOutMergeRequest(services, 7);
    await press('Check out with changes');
    expect(await second).toBe(true);
  });

  it('says what stands in the way', async () => {
    const fake = server();
    fake.answer(
      POST,
      refuse(409, 'would_overwrite', 'It would overwrite a.py.')
    );
    const { services } = await panelFixture(fake, repository());
    expect(await checkOutMergeRequest(services, 7)).toBe(false);
    expect(notices.all[0].title).toBe('!7 was not checked out.');
  });
});
