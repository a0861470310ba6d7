import fc from 'fast-check';
import {
  fillTemplate,
  placeholdersOf,
  relativePathTemplateSchema,
  templateSchema,
  urlTemplateSchema,
} from '../../../engine/rules/templates.ts';

describe('a template', () => {
  it('is filled everywhere', () => {
    expect(fillTemplate('<app>-<env>/<app>', { app: 'shop', env: 'dev' })).toBe('shop-dev/shop');
  });

  it('is never used with a hole in it', () => {
    expect(() => fillTemplate('<app>-<service>', { app: 'shop' })).toThrow('<service>, which has no value here');
  });

  it('does not fill what a value brings in', () => {
    expect(fillTemplate('<app>', { app: '<env>', env: 'dev' })).toBe('<env>');
  });

  it('keeps what stands around its placeholders', () => {
    const piece = fc.stringMatching(/^[a-z$&/.]{0,6}$/);
    fc.assert(
      fc.property(piece, piece, piece, (before, between, after) => {
        const filled = fillTemplate(`${before}<env>${between}<app>${after}`, { env: 'dev', app: 'shop' });
        expect(filled).toBe(`${before}dev${between}shop${after}`);
        expect(placeholdersOf(filled)).toEqual([]);
      }),
    );
  });

  it.each(['<envv>', '<>', '<env', 'env>', '<<env>>', '< env >', '<service>', ''])('is not %s', (template) => {
    expect(templateSchema(['env', 'app']).safeParse(template).success).toBe(false);
  });

  it.each(['/etc/passwd', '../x', 'a/../../x', 'a\\..\\x'])('of a path does not leave its folder by %s', (path) => {
    expect(relativePathTemplateSchema(['env']).safeParse(path).success).toBe(false);
  });

  it.each(['ftp://x', 'https://ana:pw@host/', 'https://', 'health', 'https://host/a b'])(
    'of an address is not %s',
    (url) => {
      expect(urlTemplateSchema(['env']).safeParse(url).success).toBe(false);
    },
  );

  it.each(['/health', 'https://<env>.shop.example', 'http://127.0.0.1:8080/health?full=1'])(
    'of an address may be %s',
    (url) => {
      expect(urlTemplateSchema(['env']).safeParse(url).success).toBe(true);
    },
  );
});
