import { DIFF_REFS } from '../../testing/diffs';
import { discussion, file, note, position } from '../../testing/mergeRequests';
import {
  diffRequest,
  filterFiles,
  firstFile,
  inTreeOrder,
  fileTree,
  threadCounts
} from './files';

const names = (files: readonly { path: { display: string } }[]) =>
  files.map(each => each.path.display);

describe('the tree of changed files', () => {
  const files = [
    file('src/features.py'),
    file('README.md'),
    file('notebooks/deep/er/eda.ipynb'),
    file('notebooks/deep/er/a.txt')
  ];

  it('joins folders with nothing but one folder in them', () => {
    const tree = fileTree(files);
    expect(tree.folders.map(folder => folder.name)).toEqual([
      'notebooks/deep/er',
      'src'
    ]);
    expect(tree.files.map(each => each.name)).toEqual(['README.md']);
  });

  it('lists files in the order in which they are shown', () => {
    expect(names(inTreeOrder(files))).toEqual([
      'notebooks/deep/er/a.txt',
      'notebooks/deep/er/eda.ipynb',
      'src/features.py',
      'README.md'
    ]);
  });

  it('begins with the first notebook', () => {
    expect(firstFile(files)?.path.display).toBe('notebooks/deep/er/eda.ipynb');
    expect(firstFile([file('b.py'), file('a.py')])?.path.display).toBe('a.py');
    expect(firstFile([])).toBeUndefined();
  });

  it('filters by words anywhere in the path', () => {
    expect(names(filterFiles(files, 'EDA note'))).toEqual([
      'notebooks/deep/er/eda.ipynb'
    ]);
    expect(filterFiles(files, ' ')).toHaveLength(4);
  });
});

describe('diffRequest', () => {
  it('compares the merge base with the head of the version', () => {
    expect(
      diffRequest('clone', DIFF_REFS, file('a.py', { status: 'modified' }))
    ).toMatchObject({
      old: DIFF_REFS.base_sha,
      new: DIFF_REFS.head_sha,
      oldPath: 'a.py'
    });
  });

  it('has an empty side for added and deleted files', () => {
    expect(
      diffRequest('', DIFF_REFS, file('a.py', { status: 'added' })).old
    ).toBe('EMPTY');
    expect(
      diffRequest('', DIFF_REFS, file('a.py', { status: 'deleted' })).new
    ).toBe('EMPTY');
  });

  it('has both sides of a file of which no blob is known', () => {
    expect(
      diffRequest(
        '',
        DIFF_REFS,
        file('a.py', { status: 'modified', old_blob: null, new_blob: null })
      )
    ).toMatchObject({ old: DIFF_REFS.base_sha, new: DIFF_REFS.head_sha });
  });

  it('reads the old side of a renamed file under its old name', () => {
    const renamed = file('b.py', {
      old_path: { id: 'a.py', display: 'a.py', contents_path: null }
    });
    expect(diffRequest('', DIFF_REFS, renamed)).toMatchObject({
      oldPath: 'a.py',
      newPath: 'b.py'
    });
  });
});

describe('threadCounts', () => {
  it('counts the threads of each file, system notes left out', () => {
    const counts = threadCounts(
      [file('train.ipynb'), file('b.py')],
      [
        discussion('a', { position: position({ new_line: 1 }) }),
        discussion('b', {
          position: position({ new_line: 1 }),
          resolved: true
        }),
        discussion('c'),
        discussion('d', {
          position: position({ new_line: 1 }),
          notes: [note('changed this line', { system: true })]
        })
      ]
    );
    expect(counts.get('train.ipynb')).toEqual({ all: 2, unresolved: 1 });
    expect(counts.get('b.py')).toEqual({ all: 0, unresolved: 0 });
  });
});
