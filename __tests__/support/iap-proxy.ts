import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';

/** What of a token is not as Identity-Aware Proxy would sign it. */
export interface Tampering {
  readonly audience?: string;
  readonly issuer?: string;
  /** Seconds from now until it ends. */
  readonly endsInSeconds?: number;
  /** Signed by another key of the same name. */
  readonly isForged?: boolean;
}

/** Identity-Aware Proxy as far as a server sees it: it serves its public keys, and signs who somebody is. */
export class IapProxy {
  readonly audience = '/projects/42/locations/europe-west1/services/promotion-ui';
  readonly keysUrl: string;
  readonly #server: Server;
  readonly #key: CryptoKey;
  readonly #foreignKey: CryptoKey;

  private constructor(server: Server, key: CryptoKey, foreignKey: CryptoKey) {
    this.#server = server;
    this.#key = key;
    this.#foreignKey = foreignKey;
    this.keysUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/public_key-jwk`;
  }

  static async start(): Promise<IapProxy> {
    const own = await generateKeyPair('ES256');
    const foreign = await generateKeyPair('ES256');
    const keys = [{ ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }];
    const server = createServer((_request, response) => {
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ keys }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new IapProxy(server, own.privateKey, foreign.privateKey);
  }

  /** What an installation tells its UI. */
  get variables(): Readonly<Record<string, string>> {
    return {
      PROMOTION_IDENTITY: 'iap',
      PROMOTION_IDENTITY_AUDIENCE: this.audience,
      PROMOTION_IDENTITY_KEYS: this.keysUrl,
    };
  }

  /** @returns the header that the proxy adds to each request of somebody. */
  async headersOf(email: string, tampering: Tampering = {}): Promise<Readonly<Record<string, string>>> {
    const { audience = this.audience, issuer = 'https://cloud.google.com/iap', endsInSeconds = 600 } = tampering;
    const now = Math.floor(Date.now() / 1000);
    const token = await new SignJWT({ sub: `accounts.google.com:${email}`, email })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(now - 120)
      .setExpirationTime(now + endsInSeconds)
      .sign(tampering.isForged === true ? this.#foreignKey : this.#key);
    return { 'X-Goog-IAP-JWT-Assertion': token };
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}
