import { nullTranslator } from '@jupyterlab/translation';

import { alignBlocks, type IBlock } from './blocks';
import { markWords } from './marks';
import { layOut } from './page';

const trans = nullTranslator.load('jupyterlab_gitlab');

/** Elements from "p text" and so on. */
function page(...blocks: string[]): HTMLElement {
  const root = document.createElement('div');
  for (const block of blocks) {
    const [tag, ...words] = block.split(' ');
    const element = document.createElement(tag);
    element.textContent = words.join(' ');
    root.append(element);
  }
  return root;
}

function kinds(blocks: readonly IBlock[]): string[] {
  return blocks.map(
    ({ kind, old, new: now }) => `${kind} ${(now ?? old)?.textContent}`
  );
}

describe('the blocks of two rendered texts', () => {
  it('stand beside what they were made from', () => {
    const old = page('h1 Title', 'p one two three four', 'p gone for good');
    const now = page('h1 Title', 'p one two three five', 'ul entirely new');
    expect(kinds(alignBlocks(old, now))).toEqual([
      'same Title',
      'changed one two three five',
      'removed gone for good',
      'added entirely new'
    ]);
  });

  it('are all new in a new text', () => {
    expect(kinds(alignBlocks(page(), page('p a', 'p b')))).toEqual([
      'added a',
      'added b'
    ]);
  });

  it('keep their order on both sides', () => {
    const old = page('p a b c', 'p d e f', 'p g h i');
    const now = page('p new', 'p a b x', 'p d e f', 'p g h y', 'p end');
    expect(kinds(alignBlocks(old, now))).toEqual([
      'added new',
      'changed a b x',
      'same d e f',
      'changed g h y',
      'added end'
    ]);
  });
});

describe('marks in a rendered text', () => {
  function marked(before: string, after: string): [string, string] {
    const old = page(`p ${before}`);
    const now = page(`p ${after}`);
    markWords(old, now);
    const list = (root: Element, tag: string) =>
      Array.from(root.querySelectorAll(tag), each => each.textContent).join(
        '|'
      );
    expect(old.textContent).toBe(before);
    expect(now.textContent).toBe(after);
    return [list(old, 'del'), list(now, 'ins')];
  }

  it('are on the words that differ', () => {
    expect(marked('the last 90 days', 'the last 120 days')).toEqual([
      '90',
      '120'
    ]);
  });

  it('join neighbours', () => {
    expect(marked('usage', 'usage and tickets')).toEqual(['', ' and tickets']);
  });

  it('never cut a formula', () => {
    expect(marked('loss $a + b$ here', 'loss $a + c$ here')).toEqual([
      '$a + b$',
      '$a + c$'
    ]);
  });
});

describe('the page of a rendered text', () => {
  const same = (text: string): IBlock => {
    const block = page(`p ${text}`).firstElementChild;
    const copy = page(`p ${text}`).firstElementChild;
    return { kind: 'same', old: block, new: copy };
  };
  const changed: IBlock = {
    kind: 'changed',
    old: page('p before').firstElementChild,
    new: page('p after').firstElementChild
  };

  it('says before and after of a change with signs', () => {
    const [before, after] = layOut([changed], 'inline', trans);
    expect(before.textContent).toBe('−before');
    expect(after.textContent).toBe('+after');
    expect(
      before.querySelector('[role="img"]')?.getAttribute('aria-label')
    ).toBe('removed');
  });

  it('has both beside each other in split mode', () => {
    const rows = layOut([same('a'), changed], 'split', trans);
    expect(rows.map(row => row.textContent)).toEqual(['aa', '−before+after']);
  });

  it('folds what is far from any change, and opens it on demand', () => {
    const blocks = [...Array(6).keys()].map(index => same(`same ${index}`));
    const host = document.createElement('div');
    host.append(...layOut([...blocks, changed], 'inline', trans));
    const button = host.querySelector('button') as HTMLButtonElement;
    expect(button.textContent).toBe('4 unchanged paragraphs · show');
    const folded = host.querySelector('[hidden]') as HTMLElement;
    expect(folded.getAttribute('hidden')).toBe('until-found');
    expect(folded.textContent).toContain('same 3');
    button.click();
    expect(host.querySelector('[hidden]')).toBeNull();
    expect(host.querySelector('button')).toBeNull();
  });

  it('folds nothing of a text without changes', () => {
    const blocks = [...Array(6).keys()].map(index => same(`same ${index}`));
    expect(layOut(blocks, 'inline', trans)).toHaveLength(6);
  });
});
