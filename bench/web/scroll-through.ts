import type { Page } from 'playwright-core';

export interface Scrolled {
  /** How long each frame took, in milliseconds. */
  readonly frames: readonly number[];
  /** Different rows that were on the page on the way. */
  readonly rows: number;
}

/** Each frame moves on by so much: some 20 rows a frame are more than anybody reads. */
const stepPx = 900;
/** Nothing more came for so many frames: it is the end. */
const patienceFrames = 180;

/**
 * Scrolls from the top to the end, or until enough rows were seen, as fast as frames are painted; what only loads when it
 * is asked for is asked for.
 */
const scroll = `async ({ stepPx, patienceFrames, mostRows }) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const nameOf = location.pathname === '/'
    ? (row) => /app-\\d{4}/.exec(row.textContent)?.[0]
    : (row) => row.querySelector('a[href*="/promotions/"]')?.getAttribute('href');
  const seen = new Set();
  const look = () => {
    const known = seen.size;
    for (const row of document.querySelectorAll('[data-row]')) seen.add(nameOf(row));
    return seen.size > known;
  };
  look();
  const frames = [];
  let last = await frame();
  for (let still = 0; still < patienceFrames && seen.size < mostRows;) {
    const before = scrollY;
    scrollBy(0, stepPx);
    const now = await frame();
    frames.push(now - last);
    last = now;
    if (look() || scrollY !== before) { still = 0; continue; }
    still += 1;
    const older = [...document.querySelectorAll('button')].find((each) => each.textContent.startsWith('Show older'));
    if (older !== undefined && !older.disabled && !older.hasAttribute('data-loading')) older.click();
  }
  return { frames, rows: seen.size };
}`;

export function scrollThrough(page: Page, mostRows: number): Promise<Scrolled> {
  const given = JSON.stringify({ stepPx, patienceFrames, mostRows });
  return page.evaluate<Scrolled>(`(${scroll})(${given})`);
}
