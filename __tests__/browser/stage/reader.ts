import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Stage } from './stage.ts';

export interface ReaderOptions extends BrowserContextOptions {
  /** For whom he speaks. Default: himself. */
  readonly as?: string;
}

/** What a browser says of a server that is gone, which a page that tells its reader so cannot keep it from. */
const ofConnection = /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)/;
const cookie = 'promotion-person';

/** Somebody in front of a browser, who looks at the stage; what the browser complains of is kept. */
export class Reader {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #url: string;
  readonly #complaints: string[] = [];

  private constructor(context: BrowserContext, page: Page, url: string) {
    this.#context = context;
    this.page = page;
    this.#url = url;
    page.on('console', (message) => {
      const text = message.text();
      if (message.type() === 'error' && !ofConnection.test(text)) this.#complaints.push(`console: ${text}`);
    });
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

  /** Waits until nothing that is on its way is shown as such. */
  async settled(): Promise<void> {
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
