import { factsOf } from '../../../../cloudrun-ui/web/src/pages/home/cell-facts.ts';
import { columnsOf, rowsOf, type Place, type Row } from '../../../../cloudrun-ui/web/src/pages/home/matrix.ts';
import { rememberRows } from '../../../../cloudrun-ui/web/src/pages/home/remember-rows.ts';
import { isMissing, renewRows } from '../../../../cloudrun-ui/web/src/pages/home/renew-rows.ts';
import { rowHeightPx } from '../../../../cloudrun-ui/web/src/pages/home/row-height.ts';
import { freezeAhead, hold, matrixPage, moving, stateOf } from './matrix-fixture.ts';

const factsIn = (row: Row | undefined) => [...(row?.cells.values() ?? [])].map(({ facts }) => facts);

describe('the matrix of applications and environments', () => {
  it('has a row for each application of a page and a column for each environment, in the order in which they come', () => {
    const pages = [matrixPage(['cart']), matrixPage(['shop'])];
    expect(columnsOf(pages)).toEqual(['dev', 'prod']);
    const rows = rememberRows()(pages);
    expect(rows.map(({ application }) => application)).toEqual(['cart', 'shop']);
    expect([...(rows[0]?.cells.keys() ?? [])]).toEqual(['dev', 'prod']);
  });

  it('shows the newest of what moves into an environment, and nothing of what moves elsewhere', () => {
    const running = [moving('pr-2', 'cart', 'prod'), moving('pr-1', 'cart', 'prod')];
    const [cart, shop] = rowsOf(matrixPage(['cart', 'shop'], { running }));
    expect(factsIn(cart)).toEqual([[], [{ kind: 'moving', promotion: running[0] }]]);
    expect(factsIn(shop)).toEqual([[], []]);
  });

  it('shows what keeps an environment closed, said of it or of all', () => {
    const rows = rowsOf(matrixPage(['cart', 'shop'], { closures: [hold('*', 'prod'), hold('cart', 'dev')] }));
    const closed = rows.map((row) => factsIn(row).map((facts) => facts.some(({ kind }) => kind === 'closed')));
    expect(closed).toEqual([
      [true, true],
      [false, true],
    ]);
  });

  it('shows the freeze that begins first, and what waits for whoever looks where it does', () => {
    const freeze = (name: string, from: string) => {
      return { application: '*', environment: 'prod', name, reason: name, from, until: null, by: null };
    };
    const [cart] = rowsOf({
      ...matrixPage(['cart'], {
        waitsForYou: [{ promotion: 'pr-1', environment: 'prod', asks: 'approval', stage: 'SRE' }],
      }),
      freezesAhead: [freeze('later', '2030-02-01T00:00:00Z'), freeze('sooner', '2030-01-02T00:00:00Z')],
    });
    expect(factsIn(cart)).toMatchObject([
      [],
      [
        { kind: 'yours', waits: { promotion: 'pr-1' } },
        { kind: 'freeze', freeze: { name: 'sooner' } },
      ],
    ]);
  });

  it('is made anew only of pages that changed', () => {
    const toRows = rememberRows();
    const [one, other] = [matrixPage(['cart']), matrixPage(['shop'])];
    const [cart] = toRows([one, other]);
    expect(toRows([one, matrixPage(['shop'])])[0]).toBe(cart);
  });
});

describe('a row that is asked for anew', () => {
  const pages = [matrixPage(['cart', 'mail'], { next: 'more' }), matrixPage(['shop'])];
  const data = { pages, pageParams: [null, 'more'] };
  const applications = ({ pages: shown }: typeof data) => shown.map(({ items }) => items.map((row) => row.application));

  it('takes its own place, and nothing else moves or is made anew', () => {
    const fresh = matrixPage(['mail'], { running: [moving('pr-1', 'mail', 'prod')] });
    const renewed = renewRows(data, ['mail'], fresh);
    expect(applications(renewed)).toEqual([['cart', 'mail'], ['shop']]);
    expect(renewed.pages[0]?.items[1]?.running.map(({ id }) => id)).toEqual(['pr-1']);
    expect(renewed.pages[0]?.items[0]).toBe(pages[0]?.items[0]);
    expect(renewed.pages[1]).toBe(pages[1]);
  });

  it('goes when its application is gone', () => {
    expect(applications(renewRows(data, ['cart'], matrixPage([])))).toEqual([['mail'], ['shop']]);
  });

  it('brings what closes it, and takes away what does no more', () => {
    const closed = { pages: [matrixPage(['cart', 'mail'], { closures: [hold('cart', 'prod')] })], pageParams: [null] };
    const held = renewRows(closed, ['mail'], matrixPage(['mail'], { closures: [hold('mail', 'dev')] }));
    expect(held.pages[0]?.closures.map(({ application }) => application)).toEqual(['cart', 'mail']);
    const open = renewRows(held, ['cart', 'mail'], matrixPage(['cart', 'mail']));
    expect(open.pages[0]?.closures).toEqual([]);
  });

  it('brings what will close it, as soon as that is declared, and takes away what will not', () => {
    const declared = renewRows(data, ['mail'], matrixPage(['mail'], { freezesAhead: [freezeAhead('*', 'prod')] }));
    expect(declared.pages[0]?.freezesAhead.map(({ application }) => application)).toEqual(['*']);
    expect(renewRows(declared, ['mail'], matrixPage(['mail'])).pages[0]?.freezesAhead).toEqual([]);
  });

  it('is missing where it should be by its name, and not where it is yet to be loaded or not looked for', () => {
    expect(isMissing(pages, 'news', '')).toBe(true);
    expect(isMissing(pages, 'mail', '')).toBe(false);
    expect(isMissing(pages, 'news', 'sho')).toBe(false);
    expect(isMissing(pages.slice(0, 1), 'zebra', '')).toBe(false);
    expect(isMissing(pages.slice(0, 1), 'apple', '')).toBe(true);
  });
});

describe('what a cell tells', () => {
  const place = (more: Partial<Place> = {}): Place => ({
    state: stateOf('cart', 'prod'),
    moving: undefined,
    closure: undefined,
    freeze: undefined,
    waitsForYou: undefined,
    ...more,
  });
  const kinds = (told: Place) => factsOf(told).map(({ kind }) => kind);
  const everything = place({
    state: {
      ...stateOf('cart', 'prod'),
      undoWindowUntil: '2030-01-02T00:00:00Z',
      autoPromotionPausedAt: '2030-01-01T00:00:00Z',
      observed: { at: '2030-01-01T00:00:00Z', health: 'sick', trouble: null, drift: 'runs v1' },
    },
    moving: moving('pr-2', 'cart', 'prod'),
    closure: hold('cart', 'prod'),
    waitsForYou: { promotion: 'pr-1', environment: 'prod', asks: 'approval', stage: null },
  });

  it('is nothing where there is nothing to know', () => {
    expect(kinds(place())).toEqual([]);
  });

  it('is everything that there is to know, what needs the reader first', () => {
    expect(kinds(everything)).toEqual(['yours', 'moving', 'drift', 'closed', 'undo', 'paused']);
  });

  it('says once what is on its way and waits for whoever looks', () => {
    expect(kinds({ ...everything, moving: moving('pr-1', 'cart', 'prod') })).not.toContain('moving');
  });

  it('makes a row as high as its fullest cell, and on a phone as high as all of them together', () => {
    const row = (application: string, ...places: readonly Place[]): Row => ({
      application,
      cells: new Map(
        places.map((each, index) => [environments[index] ?? '', { state: each.state, facts: factsOf(each) }]),
      ),
    });
    const environments = ['dev', 'prod'];
    const [full, plain] = [row('cart', place(), everything), row('mail', place(), place())];
    expect(rowHeightPx(full, environments, false) - rowHeightPx(plain, environments, false)).toBe(6 * 20);
    expect(rowHeightPx(full, environments, true) - rowHeightPx(plain, environments, true)).toBe(6 * 20);
    expect(rowHeightPx(plain, environments, true)).toBe(40 + 2 * 56);
  });
});
