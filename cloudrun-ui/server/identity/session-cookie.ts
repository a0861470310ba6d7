import { createHash, randomBytes } from 'node:crypto';
import { parse, serialize } from 'hono/utils/cookie';

/** What a browser keeps of us, read and sent by nothing but the server itself. */
export class BrowserCookie {
  readonly #name: string;
  readonly #isSecure: boolean;

  /** @param isSecure whether people reach the server by https, as everywhere but on one's own machine. */
  constructor(name: string, isSecure: boolean) {
    // The prefix has browsers take it only from this very host, by https, for all of its paths.
    this.#name = isSecure ? `__Host-${name}` : name;
    this.#isSecure = isSecure;
  }

  read(headers: Headers): string | undefined {
    return parse(headers.get('Cookie') ?? '', this.#name)[this.#name];
  }

  /** Lax: a link from a mail or a chat must find people signed in; commands are protected by other means. */
  set(value: string, lifeSeconds: number): string {
    return serialize(this.#name, value, {
      path: '/',
      httpOnly: true,
      secure: this.#isSecure,
      sameSite: 'Lax',
      maxAge: lifeSeconds,
    });
  }

  clear(): string {
    return this.set('', 0);
  }
}

/** What nobody guesses. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
