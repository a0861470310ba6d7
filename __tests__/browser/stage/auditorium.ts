import type { Browser } from 'playwright-core';
import { openBrowser } from './open-browser.ts';
import { Reader, type ReaderOptions } from './reader.ts';
import { Stage } from './stage.ts';

/** The stage and a browser in front of it, for one file of tests. */
export class Auditorium {
  readonly stage: Stage;
  readonly #browser: Browser;
  readonly #readers: Reader[] = [];

  private constructor(stage: Stage, browser: Browser) {
    this.stage = stage;
    this.#browser = browser;
  }

  static async open(): Promise<Auditorium> {
    const { STAGE_HOME: home } = process.env;
    if (home === undefined) throw new Error('there is no stage: npm run test:browser starts one');
    return new Auditorium(Stage.at(home), await openBrowser());
  }

  async reader(options?: ReaderOptions): Promise<Reader> {
    const reader = await Reader.sitDown(this.#browser, this.stage, options);
    this.#readers.push(reader);
    return reader;
  }

  /** What browsers complained of since the last time. */
  complaints(): readonly string[] {
    return this.#readers.flatMap((reader) => reader.complaints());
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
