import { createRemoteJWKSet } from 'jose';
import type { Identity } from '../../cloudrun-ui/server/identity/identity.ts';
import { DevelopmentIdentity } from '../../cloudrun-ui/server/identity/development-identity.ts';
import { IapIdentity } from '../../cloudrun-ui/server/identity/iap-identity.ts';
import { isLoopback } from '../../cloudrun-ui/server/protection/loopback.ts';
import { Issuer } from '../../cloudrun-ui/server/identity/issuer.ts';
import { OidcIdentity } from '../../cloudrun-ui/server/identity/oidc-identity.ts';
import { runtimeVariables, secretVariables } from '../../engine/contract/runtime-variables.ts';
import type { Actor } from '../../engine/promotion-service.ts';
import type { SessionStore } from '../../engine/store/session-store.ts';
import { SetupError } from '../setup-error.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const iapKeys = 'https://www.gstatic.com/iap/verify/public_key-jwk';

export interface IdentityParts {
  /** Whoever uses this machine, where nobody proves anything. */
  readonly user: Actor;
  readonly sessions: SessionStore;
  /** Where people reach the UI, when that is said. */
  readonly publicOrigin: string | undefined;
}

/** How people prove who they are, by what the installation says. @throws SetupError when that is not enough. */
export function identityOf(variables: Variables, { user, sessions, publicOrigin }: IdentityParts): Identity {
  const kind = variables[runtimeVariables.identity] ?? '';
  switch (kind) {
    case '':
      return new DevelopmentIdentity(user);
    case 'iap':
      return new IapIdentity({
        audience: needed(variables, runtimeVariables.identityAudience),
        keys: createRemoteJWKSet(keysOf(variables)),
      });
    case 'oidc': {
      const issuer = new Issuer({
        issuer: new URL(needed(variables, runtimeVariables.identityIssuer)),
        clientId: needed(variables, runtimeVariables.identityClient),
        clientSecret: needed(variables, secretVariables.identityClientSecret),
      });
      if (publicOrigin === undefined) throw missing(runtimeVariables.uiUrl);
      return new OidcIdentity({ configuration: issuer.configuration, sessions, publicOrigin });
    }
    default:
      throw new SetupError(
        `${runtimeVariables.identity} is ${kind}, by which this version lets nobody in`,
        'set it to iap or oidc; without it, the UI answers to this machine alone',
      );
  }
}

/** Where people reach the UI. @throws SetupError for what is no address of a site. */
export function publicOriginOf(variables: Variables): string | undefined {
  const url = variables[runtimeVariables.uiUrl] ?? '';
  if (url === '') return undefined;
  if (!URL.canParse(url)) {
    throw new SetupError(`${runtimeVariables.uiUrl} is no address`, 'set it to one such as https://promotion.example');
  }
  return new URL(url).origin;
}

/** Whoever can change keys on their way can be anybody, so that without https they come from this machine alone. */
function keysOf(variables: Variables): URL {
  const said = variables[runtimeVariables.identityKeys] ?? '';
  const url = URL.parse(said === '' ? iapKeys : said);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return url;
  throw new SetupError(
    `${runtimeVariables.identityKeys} is no https address`,
    'set it to the address of a JWK set, or leave it out for the keys of Identity-Aware Proxy',
  );
}

function needed(variables: Variables, name: string): string {
  const value = variables[name] ?? '';
  if (value === '') throw missing(name);
  return value;
}

function missing(name: string): SetupError {
  return new SetupError(`${name} is not set, which the sign-in needs`, 'docs/api.md says what each is');
}
