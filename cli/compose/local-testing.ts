import type { TestingPorts } from '../../engine/environment-tests/environment-test.ts';
import { localOutboundPolicy } from '../../engine/outbound/address-policy.ts';
import { HttpCaller } from '../../engine/outbound/http-call.ts';
import { SecretTokenSigner } from '../../engine/secrets/secret-token-signer.ts';
import { SystemClock } from '../../engine/workflow/clock.ts';
import type { LocalFolders } from './local-folders.ts';
import { LocalSecrets } from './local-secrets.ts';

/** What tests of environments on this machine call services and sign tokens with. */
export function localTesting(folders: LocalFolders): TestingPorts {
  return {
    http: new HttpCaller(localOutboundPolicy),
    tokens: new SecretTokenSigner(new LocalSecrets(folders, process.env)),
    clock: new SystemClock(),
  };
}
