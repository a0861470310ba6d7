import {
  addressOfPipeline,
  addressOfPromoting,
  addressOfPromotion,
} from '../../../../cloudrun-ui/web/src/pages/home/plain-addresses.ts';
import { readHomeSearch } from '../../../../cloudrun-ui/web/src/pages/home/read-home-search.ts';

describe('addresses in the matrix', () => {
  it('lead where they say, whatever an application is called', () => {
    expect(addressOfPromotion('pr-7f3a')).toBe('/promotions/pr-7f3a');
    expect(addressOfPipeline('a&b=c')).toBe('/pipelines?application=a%26b%3Dc');
  });

  it('keep what home shows beside what is promoted', () => {
    const { searchParams } = new URL(addressOfPromoting('cart', 'ca rt'), 'http://here');
    expect(readHomeSearch(Object.fromEntries(searchParams))).toEqual({ search: 'ca rt', promote: 'cart' });
    expect(addressOfPromoting('cart', '')).toBe('/?promote=cart');
  });
});
