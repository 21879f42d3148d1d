import { DIFF_REFS } from '../testing/diffs';
import { Drafts, type DraftTarget } from './drafts';

const OF = {
  folder: '',
  iid: 42,
  projectUrl: 'https://gitlab.example/a/b'
};

const LINE: DraftTarget = {
  kind: 'line',
  position: {
    ...DIFF_REFS,
    old_path: 'a.ipynb',
    new_path: 'a.ipynb',
    old_line: null,
    new_line: 7
  }
};

describe('Drafts', () => {
  beforeEach(() => window.localStorage.clear());

  it('are there again after a reload', () => {
    new Drafts(OF).set(LINE, 'Why?');
    const again = new Drafts(OF);
    expect(again.get(LINE)).toBe('Why?');
    expect(again.placed()).toEqual([LINE]);
  });

  it('belong to one merge request of one project', () => {
    new Drafts(OF).set(LINE, 'Why?');
    expect(new Drafts({ ...OF, iid: 4 }).get(LINE)).toBe('');
    expect(
      new Drafts({ ...OF, projectUrl: 'https://other.example/a/b' }).get(LINE)
    ).toBe('');
  });

  it('tell lines, replies and the general box apart', () => {
    const drafts = new Drafts(OF);
    drafts.set({ kind: 'reply', discussionId: 'x' }, 'reply');
    drafts.set({ kind: 'general' }, 'general');
    expect(drafts.get({ kind: 'reply', discussionId: 'y' })).toBe('');
    expect(drafts.get({ kind: 'general' })).toBe('general');
    expect(drafts.placed()).toEqual([]);
  });

  it('are forgotten once empty', () => {
    const drafts = new Drafts(OF);
    drafts.set(LINE, 'Why?');
    drafts.set(LINE, '');
    expect(window.localStorage.length).toBe(0);
    expect(drafts.placed()).toEqual([]);
  });

  it('remember that they are being sent for as long as there is text', () => {
    const tried = { mode: 'now' as const, known: 7, bodies: ['Why?'] };
    const drafts = new Drafts(OF);
    drafts.setTried(LINE, tried);
    expect(drafts.tried(LINE)).toBeNull();
    drafts.set(LINE, 'Why?');
    drafts.setTried(LINE, tried);
    drafts.set(LINE, 'Why not?');
    expect(new Drafts(OF).tried(LINE)).toEqual(tried);
    drafts.setTried(LINE, null);
    expect(new Drafts(OF).tried(LINE)).toBeNull();
    drafts.setTried(LINE, tried);
    drafts.set(LINE, '');
    expect(window.localStorage.length).toBe(0);
  });

  it('announce that one came or went, not every letter', () => {
    const drafts = new Drafts(OF);
    const listener = jest.fn();
    drafts.subscribe(listener);
    drafts.set(LINE, 'W');
    drafts.set(LINE, 'Wh');
    drafts.set(LINE, '');
    expect(listener).toHaveBeenCalledTimes(2);
  });

  it('live as long as the page where storage is forbidden', () => {
    const broken = {
      get length(): number {
        throw new Error('forbidden');
      }
    } as Storage;
    const drafts = new Drafts(OF, broken);
    drafts.set(LINE, 'Why?');
    expect(drafts.get(LINE)).toBe('Why?');
  });

  it('ignore what something else wrote under their names', () => {
    new Drafts(OF).set(LINE, 'Why?');
    const key = window.localStorage.key(0) as string;
    window.localStorage.setItem(key, '{"body": 3}');
    expect(new Drafts(OF).get(LINE)).toBe('');
  });
});
