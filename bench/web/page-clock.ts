import type { Page } from 'playwright-core';

/** When something happened on a page, in milliseconds since its navigation began. */
export interface PageTimes {
  /** The first row is painted. */
  readonly rowsMs: number;
  /** What was typed or clicked then is answered on the screen. */
  readonly answeredMs: number;
}

/**
 * Notes, in the page itself, when rows are first painted and when the first key or click after that is: two frames
 * later what it changed has been painted.
 */
const noteTimes = `
  const times = { rows: undefined, answered: undefined };
  globalThis.pageTimes = times;
  const afterPaint = (note) => requestAnimationFrame(() => requestAnimationFrame(() => note(performance.now())));
  const look = () => {
    const row = document.querySelector('[data-row]');
    if (row === null || !/app-\\d{4}/.test(row.textContent)) requestAnimationFrame(look);
    else afterPaint((now) => { times.rows = now; });
  };
  requestAnimationFrame(look);
  for (const kind of ['input', 'click']) {
    addEventListener(kind, () => { if (times.answered === undefined) afterPaint((now) => { times.answered = now; }); }, true);
  }
`;

/** Has every page that is opened from now on note its times. */
export async function keepTimes(page: Page): Promise<void> {
  await page.addInitScript(noteTimes);
}

/**
 * Opens a page and does something as soon as its rows are there.
 * @param act types or clicks, once.
 */
export async function timeOf(page: Page, url: string, act: (page: Page) => Promise<void>): Promise<PageTimes> {
  await page.goto(url, { waitUntil: 'commit' });
  const rowsMs = await noted(page, 'rows');
  await act(page);
  return { rowsMs, answeredMs: await noted(page, 'answered') };
}

/** Waits in the page, where the content policy lets nothing else look again and again. */
function noted(page: Page, what: 'rows' | 'answered'): Promise<number> {
  return page.evaluate<number>(`new Promise((done) => {
    const look = () => {
      const at = globalThis.pageTimes.${what};
      if (at === undefined) requestAnimationFrame(look);
      else done(at);
    };
    look();
  })`);
}
