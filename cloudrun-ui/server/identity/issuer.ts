import { allowInsecureRequests, discovery, enableNonRepudiationChecks, type Configuration } from 'openid-client';
import { isLoopback } from '../protection/loopback.ts';

export interface IssuerOptions {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What an issuer says of itself, asked for when it is first needed, and again while it could not be had. */
export class Issuer {
  readonly #options: IssuerOptions;
  #found: Promise<Configuration> | undefined;

  constructor(options: IssuerOptions) {
    this.#options = options;
  }

  readonly configuration = (): Promise<Configuration> => {
    this.#found ??= this.#discover().catch((error: unknown) => {
      this.#found = undefined;
      throw error;
    });
    return this.#found;
  };

  #discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#options;
    // The signature is checked beside the connection that a token comes by. Without https only on this machine.
    const isHere = issuer.protocol === 'http:' && isLoopback(issuer.hostname);
    const checks = [
      enableNonRepudiationChecks,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so for this very use: trying it on one machine.
      ...(isHere ? [allowInsecureRequests] : []),
    ];
    return discovery(issuer, clientId, clientSecret, undefined, {
      execute: checks,
      timeout: timeoutSeconds,
    });
  }
}

const timeoutSeconds = 10;
