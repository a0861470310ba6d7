import { readHomeSearch } from '../../../../cloudrun-ui/web/src/pages/home/read-home-search.ts';

describe('what the address of home says', () => {
  it('is what is looked for, and what somebody is about to promote', () => {
    const said = { search: 'shop', promote: 'shop', release: 'v2', from: 'staging', to: 'production' };
    expect(readHomeSearch(said)).toEqual(said);
    expect(readHomeSearch({ promote: true })).toEqual({ promote: true });
  });

  it('is words, also where they look like numbers', () => {
    expect(readHomeSearch({ promote: 'shop', release: 7 })).toEqual({ promote: 'shop', release: '7' });
  });

  it('is nothing where it makes no sense', () => {
    expect(readHomeSearch({ search: '', promote: false, release: ['v2'], to: null })).toEqual({});
  });
});
