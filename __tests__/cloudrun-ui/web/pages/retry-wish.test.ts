import { missingOfRetry, retryRequest } from '../../../../cloudrun-ui/web/src/pages/promotion/retry-wish.ts';

const wish = { reason: '', forces: false, acknowledges: false, acceptsDataLoss: false, typed: '' };

describe('how what failed goes on', () => {
  it('takes nothing but a yes, with or without a word', () => {
    expect(missingOfRetry(wish, 'prod')).toBeUndefined();
    expect(retryRequest(wish)).toEqual({});
    expect(retryRequest({ ...wish, reason: ' mended ' })).toEqual({ reason: 'mended' });
  });

  it('takes a reason and the name of the environment where gates are set aside or something is lost', () => {
    expect(missingOfRetry({ ...wish, forces: true }, 'prod')).toBe('Say why it goes on all the same');
    expect(missingOfRetry({ ...wish, forces: true, reason: 'x', typed: 'dev' }, 'prod')).toBe('Type prod to confirm');
    expect(missingOfRetry({ ...wish, forces: true, reason: 'x', typed: 'prod ' }, 'prod')).toBeUndefined();
    expect(missingOfRetry({ ...wish, acceptsDataLoss: true }, 'prod')).toBe('Type prod to confirm');
  });

  it('takes a reason for an acknowledgement, which is that reason', () => {
    expect(missingOfRetry({ ...wish, acknowledges: true }, 'prod')).toBeDefined();
    expect(retryRequest({ ...wish, acknowledges: true, reason: 'known' })).toEqual({
      reason: 'known',
      acknowledges: 'known',
    });
  });
});
