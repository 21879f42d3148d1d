import { Signal } from '@lumino/signaling';

import type { ApiClient } from '../api/client';
import { fakeClient } from '../testing/api';
import { type IGitDiffModel, SpecialRef } from './git';
import { diffArgs } from './versions';

function model(
  old: string | number,
  now: string | number,
  more: Partial<IGitDiffModel> = {}
): IGitDiffModel {
  const made = {
    repositoryPath: '/srv/clones/churn-model',
    filename: 'notebooks/a b.ipynb',
    reference: { label: 'old', source: old },
    challenger: { label: 'new', source: now },
    ...more
  };
  return { ...made, changed: new Signal({} as IGitDiffModel) };
}

const asked = (wanted: IGitDiffModel, client = fakeClient()) =>
  diffArgs(wanted, client as unknown as ApiClient);

const SHA = 'a'.repeat(40);

describe('what jupyterlab-git wants compared', () => {
  it('is the work tree and the index under their names here', async () => {
    const args = await asked(model(SpecialRef.INDEX, SpecialRef.WORKING));
    expect(args).toEqual({
      folder: 'srv/clones/churn-model',
      old: 'INDEX',
      new: 'WORKTREE',
      oldPath: 'notebooks/a%20b.ipynb',
      newPath: 'notebooks/a%20b.ipynb',
      label: 'old → new'
    });
  });

  it('is looked up where it is neither HEAD nor a full sha', async () => {
    const client = fakeClient();
    client.get.mockImplementation((_path, { query }) =>
      Promise.resolve({ items: query.revision === 'v1' ? [{ sha: SHA }] : [] })
    );
    const known = await asked(model('HEAD', SHA), client);
    expect([known.old, known.new]).toEqual(['HEAD', SHA]);
    expect(client.get).not.toHaveBeenCalled();
    const found = await asked(model('nothing', 'v1'), client);
    expect([found.old, found.new]).toEqual(['EMPTY', SHA]);
  });

  it('has its old name where the file was renamed', async () => {
    const args = await asked(
      model('HEAD', SpecialRef.INDEX, {
        filename: 'new.ipynb',
        reference: { label: 'old (1).ipynb (HEAD)', source: 'HEAD' },
        challenger: { label: 'new.ipynb (INDEX)', source: SpecialRef.INDEX }
      })
    );
    expect([args.oldPath, args.newPath]).toEqual([
      'old%20%281%29.ipynb',
      'new.ipynb'
    ]);
  });

  it('in a conflict is the file as git left it', async () => {
    const args = await asked(
      model('HEAD', 'MERGE_HEAD', { hasConflict: true })
    );
    expect([args.old, args.new]).toEqual(['HEAD', 'WORKTREE']);
  });
});
