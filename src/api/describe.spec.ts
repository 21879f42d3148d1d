import { nullTranslator } from '@jupyterlab/translation';

import { describeError } from './describe';
import { ApiError } from './errors';

const trans = nullTranslator.load('');

describe('describeError', () => {
  it("keeps the server part's words and folds git's output away", () => {
    const error = new ApiError(422, {
      code: 'hook_failed',
      message: 'The pre-commit hook refused.',
      hint: 'Fix what it names.',
      details: { output: 'black: 2 files\n', code: 1 }
    });
    expect(describeError(error, trans)).toEqual({
      message: 'The pre-commit hook refused.',
      hint: 'Fix what it names.',
      details: 'black: 2 files\n\n{\n  "code": 1\n}'
    });
  });

  it.each([
    'server_unreachable',
    'server_part_missing',
    'client_timeout',
    'unexpected_answer'
  ] as const)('has words and a way out for %s', code => {
    const { message, hint } = describeError(
      new ApiError(0, { code, message: '', hint: '' }),
      trans
    );
    expect(message).not.toContain(code);
    expect(hint).not.toBe('');
  });

  it('shows anything else that was thrown', () => {
    expect(describeError(new Error('odd'), trans).message).toBe('odd');
    expect(describeError('text', trans).message).toBe('text');
  });
});
