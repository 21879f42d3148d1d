import { nullTranslator } from '@jupyterlab/translation';

import type { Schemas } from '../api/client';
import { approvalWords, plainTitle } from './mergeRequest';

const trans = nullTranslator.load('jupyterlab_gitlab');

describe('plainTitle', () => {
  it.each([
    ['Draft: Say clients', true, 'Say clients'],
    ['[draft] Say clients', true, 'Say clients'],
    ['(Draft) Say', true, 'Say'],
    ['Drafting a plan', true, 'Drafting a plan'],
    ['Draft: as typed', false, 'Draft: as typed']
  ])('of “%s” (draft: %s) is “%s”', (title, draft, plain) => {
    expect(plainTitle({ title, draft })).toBe(plain);
  });
});

describe('approvalWords', () => {
  const approvals = (
    people: number,
    required: number | null,
    left: number | null
  ): Schemas['Approvals'] => ({
    approved: left === 0,
    approved_by: Array.from({ length: people }, (_, id) => ({
      id,
      username: `u${id}`,
      name: `U ${id}`
    })),
    required,
    left,
    user_can_approve: true,
    user_has_approved: false,
    approved_at: null,
    rules: []
  });

  it.each([
    ['nothing is told', null, ''],
    ['optional, none yet', approvals(0, null, null), ''],
    ['optional, given', approvals(1, null, null), '✓ approved by 1'],
    ['none required', approvals(1, 0, 0), '✓ approved by 1'],
    ['required, missing', approvals(1, 2, 1), '1 of 2 approvals'],
    ['required, all there', approvals(2, 2, 0), '✓ 2 of 2 approvals']
  ])('when %s', (_, given, words) => {
    expect(approvalWords(given, trans)).toBe(words);
  });
});
