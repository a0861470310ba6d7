import { redactSecrets } from './workflow/errors/redact-secrets.ts';

const BODY_LIMIT = 500;

export interface HttpErrorFacts {
  readonly method: string;
  readonly url: string | URL;
  readonly status: number;
  /** The answer's body as text, as much of it as was read. */
  readonly body?: string;
  /** From the answer's Retry-After header. */
  readonly retryAfterSeconds?: number;
}

/** A server answered with a status that is no success. Neither its URL nor its excerpt holds credentials. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly method: string;
  /** Without user, password and fragment; values of the query are masked, because signed URLs carry their secret there. */
  readonly url: string;
  readonly status: number;
  /** The beginning of the body, at most 500 characters. */
  readonly bodyExcerpt: string;
  readonly retryAfterSeconds?: number;

  constructor(facts: HttpErrorFacts) {
    const url = urlWithoutSecrets(facts.url);
    const bodyExcerpt = redactSecrets(facts.body ?? '')
      .replaceAll(/[\p{Cc}\s]+/gu, ' ')
      .trim()
      .slice(0, BODY_LIMIT);
    super(`${facts.method} ${url} answered ${String(facts.status)}${bodyExcerpt === '' ? '' : `: ${bodyExcerpt}`}`);
    this.method = facts.method;
    this.url = url;
    this.status = facts.status;
    this.bodyExcerpt = bodyExcerpt;
    if (facts.retryAfterSeconds !== undefined) {
      this.retryAfterSeconds = facts.retryAfterSeconds;
    }
  }
}

function urlWithoutSecrets(address: string | URL): string {
  if (!URL.canParse(String(address))) {
    return '(an invalid URL)';
  }
  const url = new URL(address);
  const names = [...new Set(url.searchParams.keys())].map((name) => `${encodeURIComponent(name)}=***`);
  const query = names.length === 0 ? '' : `?${names.join('&')}`;
  return redactSecrets(`${url.protocol}//${url.host}${url.pathname}${query}`);
}
