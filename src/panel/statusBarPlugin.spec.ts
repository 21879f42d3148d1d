import { nullTranslator } from '@jupyterlab/translation';

import { repository } from '../testing/panel';
import { statusText } from './statusBarPlugin';

const trans = nullTranslator.load('');

describe('statusText', () => {
  it('says branch, commits to push and to pull, and merge request', () => {
    const upstream = {
      remote: 'origin',
      branch: 'b',
      ahead: 2,
      behind: 1,
      gone: false
    };
    expect(
      statusText(
        {
          state: {
            kind: 'ready',
            folder: '',
            repository: repository({ upstream })
          },
          branchMergeRequest: { iid: 42, title: '', draft: false, web_url: '' }
        },
        trans
      )
    ).toBe('feature/auc ↑2 ↓1 · !42');
  });

  it('says where a detached HEAD is', () => {
    expect(
      statusText(
        {
          state: {
            kind: 'ready',
            folder: '',
            repository: repository({ branch: null })
          },
          branchMergeRequest: null
        },
        trans
      )
    ).toBe('detached at aaaaaaaa');
  });

  it('is empty without a repository', () => {
    expect(
      statusText(
        { state: { kind: 'loading' }, branchMergeRequest: null },
        trans
      )
    ).toBe('');
  });
});
