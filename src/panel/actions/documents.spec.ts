import { Dialog } from '@jupyterlab/apputils';

import { press } from '../../testing/dialog';
import { panelFixture, repository } from '../../testing/panel';
import { FakeServer } from '../../testing/server';
import { guardUnsaved, reloadDocuments, unsavedDocuments } from './documents';

afterEach(() => Dialog.flush());

describe('unsavedDocuments', () => {
  it('are those of this repository only', async () => {
    const { services, current, open } = await panelFixture(new FakeServer());
    open('clone/a.py', true);
    open('clone/b.py', false);
    open('clone-2/c.py', true);
    expect([...unsavedDocuments(services, current).keys()]).toEqual([
      'clone/a.py'
    ]);
  });

  it('are all when the repository reaches above the server root', async () => {
    const { services, current, open } = await panelFixture(
      new FakeServer(),
      repository({ folder: null })
    );
    open('a.py', true);
    expect(unsavedDocuments(services, current).size).toBe(1);
  });
});

describe('guardUnsaved', () => {
  it('lets a command go on when everything is saved', async () => {
    const { services, current, open } = await panelFixture(new FakeServer());
    open('clone/a.py', false);
    expect(await guardUnsaved(services, current, 'Save?')).toBe(true);
  });

  it('stops it when the user cancels', async () => {
    const { services, current, open } = await panelFixture(new FakeServer());
    const document = open('clone/a.py', true);
    const going = guardUnsaved(services, current, 'Save?');
    await press('Cancel');
    expect(await going).toBe(false);
    expect(document.save).not.toHaveBeenCalled();
  });

  it('saves first when the user wants that', async () => {
    const { services, current, open } = await panelFixture(new FakeServer());
    const document = open('clone/a.py', true);
    const going = guardUnsaved(services, current, 'Save?');
    await press('Save all and continue');
    expect(await going).toBe(true);
    expect(document.save).toHaveBeenCalled();
  });

  it('minds only the files that would be touched, where that is known', async () => {
    const { services, current, open } = await panelFixture(new FakeServer());
    open('clone/a.py', true);
    expect(
      await guardUnsaved(services, current, 'Save?', new Set(['clone/b.py']))
    ).toBe(true);
  });
});

describe('reloadDocuments', () => {
  it('reads clean documents whose files changed, and no others', async () => {
    const { services, current, open } = await panelFixture(new FakeServer());
    const changed = open('clone/a.py');
    const unsaved = open('clone/b.py', true);
    const other = open('clone/c.py');
    await reloadDocuments(services, current, ['clone/a.py', 'clone/b.py']);
    expect(changed.revert).toHaveBeenCalledTimes(1);
    expect(unsaved.revert).not.toHaveBeenCalled();
    expect(other.revert).not.toHaveBeenCalled();
  });

  it('leaves the tab of a file that is gone as it was', async () => {
    const { services, current, open } = await panelFixture(new FakeServer());
    services.app.serviceManager.contents.get = () =>
      Promise.reject(new Error('404'));
    const gone = open('clone/a.py');
    await reloadDocuments(services, current, ['clone/a.py']);
    expect(gone.revert).not.toHaveBeenCalled();
  });
});
