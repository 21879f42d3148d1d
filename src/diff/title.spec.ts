import { nullTranslator } from '@jupyterlab/translation';

import { tabTitle } from './title';

const trans = nullTranslator.load('jupyterlab_gitlab');

function titleOf(label: string, newPath = 'notebooks/a%20b.ipynb') {
  const args = { folder: '', oldPath: newPath, newPath, old: 'HEAD', new: '' };
  return tabTitle({ ...args, label }, trans);
}

describe('the title of a comparison', () => {
  it('says what is compared, so that two of one file can be told apart', () => {
    expect(titleOf('main → work tree').label).toBe(
      'a b.ipynb (main → work tree)'
    );
    expect(titleOf('').label).toBe('a b.ipynb (diff)');
  });

  it('names two files once', () => {
    expect(titleOf('c.ipynb → a b.ipynb').label).toBe('c.ipynb → a b.ipynb');
  });

  it('is short; all of it is in the caption', () => {
    const label = 'origin/feature/a-long-name-for-metrics → work tree';
    const title = titleOf(label);
    expect(title.label).toBe('a b.ipynb (origin/fe…or-metrics → work tree)');
    expect(title.caption).toBe(`notebooks/a b.ipynb\n${label}`);
  });
});
