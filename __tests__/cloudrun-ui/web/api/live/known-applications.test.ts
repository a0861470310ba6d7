import { KnownApplications } from '../../../../../cloudrun-ui/web/src/api/live/known-applications.ts';

describe('where promotions belong', () => {
  it('is learnt from what is shown, and asked once for what is not', async () => {
    const asked: string[] = [];
    const known = new KnownApplications(async (id) => {
      asked.push(id);
      return 'blog';
    });
    known.learn([{ id: 'pr-1', application: 'shop' }]);
    expect(await known.of(['pr-1', 'pr-2'], 5)).toEqual(new Set(['shop', 'blog']));
    expect(await known.of(['pr-2'], 5)).toEqual(new Set(['blog']));
    expect(asked).toEqual(['pr-2']);
    expect(known.find('pr-2')).toBe('blog');
  });

  it('is nowhere for one that may not be seen', async () => {
    const known = new KnownApplications(async () => undefined);
    expect(await known.of(['pr-1'], 5)).toEqual(new Set());
  });

  it('is not asked about when that costs more than looking at everything', async () => {
    const known = new KnownApplications(() => Promise.reject(new Error('it was asked')));
    expect(await known.of(['pr-1', 'pr-2', 'pr-3'], 2)).toBeUndefined();
  });
});
