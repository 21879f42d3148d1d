import { markTableChanges } from './tableMarks';

function table(head: string[], body: Record<string, string[]>): HTMLElement {
  const host = document.createElement('div');
  const made = host.appendChild(document.createElement('table'));
  const headRow = made.createTHead().insertRow();
  for (const name of ['', ...head]) {
    headRow.appendChild(document.createElement('th')).textContent = name;
  }
  const rows = made.createTBody();
  for (const [name, values] of Object.entries(body)) {
    const row = rows.insertRow();
    row.appendChild(document.createElement('th')).textContent = name;
    for (const value of values) {
      row.insertCell().textContent = value;
    }
  }
  return host;
}

function marked(host: HTMLElement): string[] {
  return Array.from(
    host.querySelectorAll('.jp-gitlab-mod-cellChanged'),
    cell => cell.textContent ?? ''
  );
}

describe('markTableChanges', () => {
  it('marks values that differ, on both sides', () => {
    const old = table(['train', 'test'], { loss: ['0.23', '0.32'] });
    const now = table(['train', 'test'], { loss: ['0.23', '0.30'] });
    markTableChanges(old, now);
    expect(marked(old)).toEqual(['0.32']);
    expect(marked(now)).toEqual(['0.30']);
  });

  it('follows rows and columns by their names, not by their places', () => {
    const old = table(['train'], { loss: ['0.23'], auc: ['0.9'] });
    const now = table(['new', 'train'], {
      first: ['1', '2'],
      loss: ['3', '0.23'],
      auc: ['4', '0.9']
    });
    markTableChanges(old, now);
    expect(marked(old)).toEqual([]);
    expect(marked(now)).toEqual(['1', '2', '3', '4']);
  });

  it('marks nothing where cells span', () => {
    const old = table(['a'], { x: ['1'] });
    const now = table(['a'], { x: ['2'] });
    now.querySelector('td')?.setAttribute('colspan', '2');
    markTableChanges(old, now);
    expect(marked(now)).toEqual([]);
  });
});
