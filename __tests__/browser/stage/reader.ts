import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, BrowserContext, BrowserContextOptions, Page, Request } from 'playwright-core';
import type { Stage } from './stage.ts';

export interface ReaderOptions extends BrowserContextOptions {
  /** For whom he speaks. Default: himself. */
  readonly as?: string;
}

/** What a browser says of a server that is gone, which a page that tells its reader so cannot keep it from. */
const ofConnection = /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)/;
const cookie = 'promotion-person';
/** What a page asks for as long as it is open. */
const streams = /\/stream(\?|$)/;
/** For so long nothing is asked for by a page that has all it shows. */
const quietMs = 250;
const longestMs = 15_000;

/** Somebody in front of a browser, who looks at the stage; what the browser complains of is kept. */
export class Reader {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #url: string;
  readonly #complaints: string[] = [];
  readonly #asked = new Set<Request>();

  private constructor(context: BrowserContext, page: Page, url: string) {
    this.#context = context;
    this.page = page;
    this.#url = url;
    page.on('console', (message) => {
      const text = message.text();
      if (message.type() === 'error' && !ofConnection.test(text)) this.#complaints.push(`console: ${text}`);
    });
    page.on('request', (request) => {
      if (!streams.test(request.url())) this.#asked.add(request);
    });
    page.on('requestfinished', (request) => this.#asked.delete(request));
    page.on('requestfailed', (request) => this.#asked.delete(request));
    page.on('pageerror', (error) => this.#complaints.push(`script: ${error.message}`));
    page.on('response', (response) => {
      if (response.status() >= 500) this.#complaints.push(`${String(response.status())} ${response.url()}`);
    });
  }

  static async sitDown(browser: Browser, stage: Stage, { as, ...options }: ReaderOptions = {}): Promise<Reader> {
    const url = await stage.url();
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const reader = new Reader(context, await context.newPage(), url);
    await reader.speakFor(as);
    return reader;
  }

  /** @param person undefined: for nobody but himself. */
  async speakFor(person: string | undefined): Promise<void> {
    // A page that is open is alive: it would go on asking, in the name of somebody who may not see what it shows.
    await this.page.goto('about:blank');
    await this.#context.clearCookies({ name: cookie });
    if (person === undefined) return;
    await this.#context.addCookies([{ name: cookie, value: encodeURIComponent(person), url: this.#url }]);
  }

  /** @param path from the root. */
  async open(path: string): Promise<void> {
    await this.page.goto(`${this.#url}${path}`);
    await this.page.getByRole('heading', { level: 1 }).waitFor();
    await this.settled();
  }

  /** Waits until nothing that is on its way is shown as such, and nothing more is asked for. */
  async settled(): Promise<void> {
    const over = performance.now() + longestMs;
    await this.page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
    for (let quiet = 0; quiet < quietMs && performance.now() < over; quiet = this.#asked.size > 0 ? 0 : quiet + 50) {
      await pause(50);
    }
    await this.page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  }

  /**
   * What the browser complained of since the last time: errors on its console, of scripts and of the content policy, and
   * answers with 5xx.
   */
  complaints(): readonly string[] {
    return this.#complaints.splice(0);
  }

  async leave(): Promise<void> {
    await this.#context.close();
  }
}
