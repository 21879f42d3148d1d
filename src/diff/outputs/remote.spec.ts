import { remoteHosts } from './remote';

describe('what drawing a chart could load', () => {
  it('is nothing where all data is inside', () => {
    const schema = 'https://vega.github.io/schema/vega-lite/v5.json';
    expect(
      remoteHosts({ $schema: schema, data: { values: [1, 'a//b'] } })
    ).toEqual([]);
    expect(remoteHosts(null)).toEqual([]);
  });

  it('is found wherever it is named', () => {
    expect(
      remoteHosts({
        layer: [{ data: { url: 'https://b.example:8080/x.csv' } }],
        data: { values: [{ icon: '//a.example/i.png' }, 'HTTP://c.example'] }
      })
    ).toEqual(['a.example', 'b.example:8080', 'c.example']);
    expect(remoteHosts('https://[broken')).toEqual(['https://[broken']);
  });
});
