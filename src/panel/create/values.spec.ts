import {
  humanise,
  type IFormValues,
  parseDraft,
  suggestDescription,
  suggestTitle,
  toBody
} from './values';

describe('humanise', () => {
  it.each([
    ['feature/auc-metric', 'Auc metric'],
    ['fix/mira/42-broken_plot', 'Broken plot'],
    ['main', 'Main'],
    ['feature/été-2026', 'Été 2026'],
    ['123', '123'],
    ['---', '---']
  ])('makes “%s” into “%s”', (branch, title) => {
    expect(humanise(branch)).toBe(title);
  });
});

describe('suggestTitle', () => {
  it("is a single commit's own", () => {
    expect(suggestTitle('b', [{ title: 'Report AUC' }])).toBe('Report AUC');
  });

  it('is what the branch says for several commits or none', () => {
    expect(suggestTitle('auc-metric', [{ title: 'a' }, { title: 'b' }])).toBe(
      'Auc metric'
    );
    expect(suggestTitle('auc-metric', [])).toBe('Auc metric');
  });
});

describe('suggestDescription', () => {
  const templates = {
    templates: [
      { name: 'Default', content: '## What' },
      { name: 'Other', content: 'x' }
    ],
    default: 'Default'
  };

  it("is the project's template", () => {
    expect(suggestDescription(templates, [{ body: 'b' }])).toBe('## What');
  });

  it('is the body of a single commit without a template', () => {
    const none = { ...templates, default: null };
    expect(suggestDescription(none, [{ body: 'b' }])).toBe('b');
    expect(suggestDescription(undefined, [])).toBe('');
  });
});

describe('parseDraft', () => {
  it('gives back what was kept and survives rubbish', () => {
    expect(parseDraft('{"title":"T"}')).toEqual({ title: 'T' });
    expect(parseDraft('')).toBeNull();
    expect(parseDraft('{"tit')).toBeNull();
    expect(parseDraft('3')).toBeNull();
  });
});

describe('toBody', () => {
  const values: IFormValues = {
    title: ' T ',
    description: 'D',
    target: 'main',
    draft: true,
    squash: false,
    removeSource: true,
    assignees: [{ key: 2, label: 'Mira' }],
    reviewers: [{ key: 3, label: 'Jonas' }],
    labels: [{ key: 'ml', label: 'ml' }],
    milestone: 5
  };

  it('is what the contract asks for', () => {
    expect(toBody(values, 'feature/auc')).toEqual({
      title: 'T',
      source_branch: 'feature/auc',
      target_branch: 'main',
      description: 'D',
      draft: true,
      labels: ['ml'],
      assignee_ids: [2],
      reviewer_ids: [3],
      milestone_id: 5,
      squash: false,
      remove_source_branch: true
    });
  });

  it('has no milestone where none is chosen', () => {
    expect(toBody({ ...values, milestone: 0 }, 'b').milestone_id).toBeNull();
  });
});
