import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { FunctionError } from './function-error.ts';

/** Lets through only whoever knows the token in a mounted file, read at each call so that a new one works at once. */
export class CallerAuthentication {
  readonly #tokenFile: string | undefined;

  /** @param tokenFile the value of PROMOTION_CALLER_TOKEN_FILE */
  constructor(tokenFile: string | undefined) {
    this.#tokenFile = tokenFile;
  }

  /**
   * @param header the request's Authorization header
   * @throws FunctionError `not-configured` while no token is mounted, `unauthenticated`
   */
  async verify(header: string | undefined): Promise<void> {
    const expected = await this.#readToken();
    const presented = /^Bearer +([^\s]+)$/i.exec(header ?? '')?.[1];
    // Digests have one length, so the comparison tells nothing about the token's.
    if (presented === undefined || !timingSafeEqual(digest(presented), digest(expected))) {
      throw new FunctionError('unauthenticated', 'Send the caller token as "Authorization: Bearer <token>".');
    }
  }

  async #readToken(): Promise<string> {
    const file = this.#tokenFile;
    const token = file === undefined || file === '' ? '' : (await readFile(file, 'utf8').catch(() => '')).trim();
    if (token !== '') return token;
    throw new FunctionError(
      'not-configured',
      'No caller is trusted yet: PROMOTION_CALLER_TOKEN_FILE must name a readable file that holds the token callers send.',
    );
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
