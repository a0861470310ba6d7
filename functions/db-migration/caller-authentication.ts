import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { FunctionError } from './function-error.ts';

/** Decides who may call the function. */
export interface CallerAuthentication {
  /**
   * @param header the request's Authorization header
   * @throws FunctionError `not-configured`, `unauthenticated`
   */
  verify(header: string | undefined): Promise<void>;
}

/** Lets every request through, since Google Cloud's IAM has let through only those of whom it knows that they may. */
export class PlatformAuthentication implements CallerAuthentication {
  async verify(): Promise<void> {
    // Cloud Run answers anybody else itself, so nothing is left to judge.
  }
}

/** Lets through only whoever knows the token in a mounted file, read at each call so that a new one works at once. */
export class TokenAuthentication implements CallerAuthentication {
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
