import { diffId, readArgs, requestOptions, writeArgs } from './args';

describe('the arguments of the diff command', () => {
  it('default to the last commit against the work tree', () => {
    expect(readArgs({ folder: 'clone', new_path: 'a%20b.ipynb' })).toEqual({
      folder: 'clone',
      old: 'HEAD',
      new: 'WORKTREE',
      oldPath: 'a%20b.ipynb',
      newPath: 'a%20b.ipynb',
      label: ''
    });
  });

  it('are refused without a path', () => {
    expect(readArgs({ folder: 'clone' })).toBeNull();
  });

  it('come back from the layout as they were', () => {
    const args = readArgs({
      folder: '',
      old_path: 'old.py',
      new_path: 'new.py',
      old: 'HEAD',
      new: 'INDEX',
      label: 'staged'
    });
    expect(args && readArgs(writeArgs(args))).toEqual(args);
  });

  it('ask for blanks to be ignored only when they are', () => {
    const args = { folder: '', oldPath: 'a', newPath: 'a', old: 'x', new: 'y' };
    expect(requestOptions(args).query).not.toHaveProperty('ignore_whitespace');
    expect(
      requestOptions({ ...args, ignoreWhitespace: true }).query
    ).toHaveProperty('ignore_whitespace', true);
  });

  it('name one tab a comparison', () => {
    const one = readArgs({ new_path: 'a.py' });
    const other = readArgs({ new_path: 'a.py', new: 'INDEX' });
    expect(one && diffId(one)).not.toBe(other && diffId(other));
  });
});
