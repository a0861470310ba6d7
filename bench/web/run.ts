import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../../__tests__/browser/stage/open-browser.ts';
import { builtWeb } from '../../cli/compose/built-web.ts';
import { installationSize as size } from '../scale/installation-size.ts';
import { percentiles, type Percentiles } from '../scale/percentiles.ts';
import { serveLargeInstallation } from './serve-large-installation.ts';
import { keepTimes, timeOf } from './page-clock.ts';
import { scrollThrough } from './scroll-through.ts';

/**
 * How long it takes in a real Chromium until home and history show their rows and answer to what is typed or clicked, with
 * nothing kept from before, on an installation of 1,000 applications in 7 environments with 100,000 promotions; and how long
 * frames take while somebody scrolls through the rows.
 *
 * Usage: npm run bench:web
 */
const visits = 20;
const wantedMs = 1500;
const wantedFrameMs = 33;

interface Subject {
  readonly name: string;
  readonly path: string;
  /** As soon as rows are there. */
  readonly act: (page: Page) => Promise<void>;
  /** How far somebody scrolls. */
  readonly rows: number;
}

const subjects: readonly Subject[] = [
  {
    name: 'home',
    path: '/',
    act: (page) => page.getByRole('textbox', { name: 'Search applications and promotions' }).pressSequentially('9'),
    rows: size.applications,
  },
  {
    name: 'history',
    path: '/history',
    act: (page) => page.getByRole('textbox', { name: 'Application', exact: true }).pressSequentially('a'),
    rows: 2000,
  },
];

const view = { width: 1280, height: 800 };

async function timesOf(browser: Browser, url: string, { path, act }: Subject) {
  const rows: number[] = [];
  const answered: number[] = [];
  for (let visit = 0; visit <= visits; visit += 1) {
    const context = await browser.newContext({ viewport: view });
    const page = await context.newPage();
    await keepTimes(page);
    const { rowsMs, answeredMs } = await timeOf(page, `${url}${path}`, act);
    await context.close();
    // The first one warms the server, not the browser, which keeps nothing.
    if (visit === 0) continue;
    rows.push(rowsMs);
    answered.push(answeredMs);
  }
  return { 'rows are there': percentiles(rows), 'and answer': percentiles(answered) };
}

async function framesOf(browser: Browser, url: string, { name, path, rows: wanted }: Subject) {
  const context = await browser.newContext({ viewport: view });
  const page = await context.newPage();
  await page.goto(`${url}${path}`);
  await page.locator('[data-row]').first().waitFor();
  const { frames, rows } = await scrollThrough(page, wanted);
  await context.close();
  if (rows < wanted) throw new Error(`${name}: only ${String(rows)} of ${String(wanted)} rows were on the page`);
  return { rows, frameMs: percentiles(frames) };
}

const webFolder = await builtWeb();
if (webFolder === undefined) throw new Error('the web is not built; npm ci installs what builds it');
const installation = await serveLargeInstallation(webFolder);
try {
  const browser = await openBrowser();
  try {
    const milliseconds: Record<string, Record<string, Percentiles>> = {};
    const scrolling: Record<string, { readonly rows: number; readonly frameMs: Percentiles }> = {};
    console.log('                                 p50      p95  highest  (ms)');
    for (const subject of subjects) {
      const times = await timesOf(browser, installation.url, subject);
      milliseconds[subject.name] = times;
      for (const [what, figures] of Object.entries(times)) tell(`${subject.name}: ${what}`, figures);
      const scrolled = await framesOf(browser, installation.url, subject);
      scrolling[subject.name] = scrolled;
      tell(`${subject.name}: a frame, ${String(scrolled.rows)} rows`, scrolled.frameMs);
    }
    const isSlow =
      Object.values(milliseconds).some((times) => Object.values(times).some(({ highest }) => highest >= wantedMs)) ||
      Object.values(scrolling).some(({ frameMs }) => frameMs.p95 > wantedFrameMs);
    const result = {
      date: new Date().toISOString(),
      machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism() },
      browser: `Chromium ${browser.version()}`,
      size,
      visits,
      wantedMs,
      wantedFrameMs,
      milliseconds,
      scrolling,
    };
    await writeFile(join(import.meta.dirname, 'result.json'), `${JSON.stringify(result, undefined, 2)}\n`);
    process.exitCode = isSlow ? 1 : 0;
  } finally {
    await browser.close();
  }
} finally {
  await installation.stop();
}

function tell(title: string, { p50, p95, highest }: Percentiles): void {
  console.log(`${title.padEnd(28)} ${[p50, p95, highest].map((ms) => ms.toFixed(1).padStart(8)).join(' ')}`);
}
