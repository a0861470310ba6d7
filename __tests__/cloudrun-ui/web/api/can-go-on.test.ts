import { ApiError } from '../../../../cloudrun-ui/web/src/api/api-error.ts';
import { canGoOn } from '../../../../cloudrun-ui/web/src/api/can-go-on.ts';

describe('more of a list', () => {
  const more = { hasNextPage: true, isFetchingNextPage: false, error: null };

  it('can be asked for when there is more and it is not on its way', () => {
    expect(canGoOn(more)).toBe(true);
    expect(canGoOn({ ...more, hasNextPage: false })).toBe(false);
    expect(canGoOn({ ...more, isFetchingNextPage: true })).toBe(false);
  });

  it('is not asked for again where the server refused it, and is where the connection broke', () => {
    const refusal = new ApiError(403, { title: 'Forbidden' });
    expect(canGoOn({ ...more, error: refusal })).toBe(false);
    expect(canGoOn({ ...more, error: new TypeError('Failed to fetch') })).toBe(true);
  });
});
