import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBrowser } from '../__tests__/browser/stage/open-browser.ts';
import { Reader } from '../__tests__/browser/stage/reader.ts';
import { Stage } from '../__tests__/browser/stage/stage.ts';
import { allViews } from '../__tests__/browser/stage/views.ts';
import { shrinkPicture } from './screens/shrink-picture.ts';

/**
 * Writes docs/screens/: every page as it is before a reader, in both themes and on a phone, of an installation that it
 * starts for it (two minutes), or of the one whose folder STAGE_HOME names.
 *
 * Usage: npm run build:screens [-- <name of a page>…]
 */
const folder = join(import.meta.dirname, '..', 'docs', 'screens');

const looks = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
] as const;

const { STAGE_HOME: home } = process.env;
const wanted = process.argv.slice(2);
const stage = home === undefined ? await Stage.start() : Stage.at(home);
try {
  const views = (await allViews(stage)).filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  await mkdir(folder, { recursive: true });
  if (wanted.length === 0) {
    for (const file of await readdir(folder)) if (file.endsWith('.png')) await rm(join(folder, file));
  }
  const browser = await openBrowser();
  const darkroom = await browser.newPage();
  try {
    for (const { name: look, ...options } of looks) {
      const reader = await Reader.sitDown(browser, stage, { ...options, reducedMotion: 'reduce' });
      for (const { name, path, as, open } of views) {
        await reader.speakFor(as);
        await reader.open(path);
        await open?.(reader.page);
        await reader.settled();
        const picture = await reader.page.screenshot({ animations: 'disabled', caret: 'hide' });
        await writeFile(join(folder, `${name}-${look}.png`), await shrinkPicture(darkroom, picture));
      }
      await reader.leave();
    }
  } finally {
    await browser.close();
  }
  console.log(`docs/screens  ${String(views.length * looks.length)} pictures`);
} finally {
  if (home === undefined) await stage.close();
}
