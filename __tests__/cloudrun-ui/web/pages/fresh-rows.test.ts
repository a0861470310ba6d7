import { FreshRows } from '../../../../cloudrun-ui/web/src/pages/home/fresh-rows.ts';

function rowsWith(answer: (asked: readonly string[]) => Promise<void> = async () => undefined) {
  const asked: (readonly string[])[] = [];
  const rows = new FreshRows({
    renew(applications) {
      asked.push(applications);
      return answer(applications);
    },
  });
  return { rows, asked };
}

describe('rows that may not be as they are shown', () => {
  it('are asked for when they are in sight, and the others when they come into sight', async () => {
    const { rows, asked } = rowsWith();
    await rows.look(['cart', 'mail']);
    await rows.change(['mail', 'shop', 'zebra']);
    expect(asked).toEqual([['mail']]);
    await rows.look(['shop']);
    await rows.look(['shop', 'cart']);
    expect(asked).toEqual([['mail'], ['shop']]);
  });

  it('are asked for together, and again when they change meanwhile', async () => {
    const first = Promise.withResolvers<undefined>();
    let isFirst = true;
    const { rows, asked } = rowsWith(async () => {
      if (!isFirst) return;
      isFirst = false;
      await first.promise;
    });
    await rows.look(['cart', 'mail']);
    const changes = [rows.change(['cart', 'mail'])];
    for (let index = 0; index < 100; index += 1) changes.push(rows.change(['cart']));
    first.resolve(undefined);
    await Promise.all(changes);
    expect(asked).toEqual([['cart', 'mail'], ['cart']]);
  });

  it('stay due when nobody could say how they are', async () => {
    let isAway = true;
    const { rows, asked } = rowsWith(async () => {
      if (isAway) throw new Error('the server is away');
    });
    await rows.look(['cart']);
    await rows.change(['cart']);
    isAway = false;
    await rows.look(['cart']);
    await rows.look(['cart']);
    expect(asked).toEqual([['cart'], ['cart']]);
  });
});
