import { pathId } from './paths';

describe('pathId', () => {
  it('writes a path as the server part does', () => {
    expect(pathId("data/a b(1)'#ü.csv")).toBe(
      'data/a%20b%281%29%27%23%C3%BC.csv'
    );
    expect(pathId('a-b_c.d~e')).toBe('a-b_c.d~e');
  });
});
