import { findChromium } from '../../../scripts/chromium/find-chromium.ts';

const only =
  (...paths: readonly string[]) =>
  (path: string) =>
    paths.includes(path);

describe('the Chromium of a machine', () => {
  it('is what CHROMIUM_PATH names, before any other', () => {
    const found = findChromium(
      { CHROMIUM_PATH: '/opt/chromium', PATH: '/usr/bin' },
      only('/opt/chromium', '/usr/bin/chromium'),
    );
    expect(found).toBe('/opt/chromium');
  });

  it('that CHROMIUM_PATH names wrongly is a mistake, with what to do, and not another one', () => {
    const find = () => findChromium({ CHROMIUM_PATH: '/opt/chromium', PATH: '/usr/bin' }, only('/usr/bin/chromium'));
    expect(find).toThrow(/CHROMIUM_PATH names \/opt\/chromium, which is no program: install Chromium/);
  });

  it('is looked for in PATH in its order, then where systems put it', () => {
    const programs = only('/b/google-chrome', '/c/chromium', '/snap/bin/chromium');
    expect(findChromium({ PATH: '/a:/b:/c' }, programs)).toBe('/b/google-chrome');
    expect(findChromium({ PATH: '/a' }, programs)).toBe('/snap/bin/chromium');
  });

  it('is nothing where there is none', () => {
    expect(findChromium({ PATH: '/usr/bin::' }, only())).toBeUndefined();
  });
});
