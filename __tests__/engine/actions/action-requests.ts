import type { ActionRequest } from '../../../engine/actions/action-runner.ts';
import { actionSchema, type Action } from '../../../engine/rules/action-schema.ts';
import type { SecretSource } from '../../../engine/secrets/secret-source.ts';
import { EnvironmentSecrets } from '../../../engine/secrets/environment-secrets.ts';

export const secretValue = 's3cret-of-the-team';
export const secrets: SecretSource = new EnvironmentSecrets({ DEPLOY_TOKEN: secretValue });

/** A request with what the promotion says, and what was logged of it. */
export function requestFor(
  action: unknown,
  more: Partial<ActionRequest> = {},
): { readonly request: ActionRequest; readonly lines: string[] } {
  const lines: string[] = [];
  const request = {
    action: actionSchema.parse(action),
    facts: { PROMOTION_KEY: 'pr-1:warm-cache', TO_ENV: 'staging', FROM_ENV: 'dev', RELEASE: 'v2', APPLICATION: 'shop' },
    privateNetworks: [],
    fence: 5,
    signal: new AbortController().signal,
    log: (line: string) => lines.push(line),
    ...more,
  };
  return { request, lines };
}

/** Narrows an action that a test has written itself. */
export function ofKind<Kind extends Action['kind']>(
  request: ActionRequest,
  kind: Kind,
): Extract<Action, { kind: Kind }> {
  const { action } = request;
  if (action.kind !== kind) throw new Error(`the action is a ${action.kind}`);
  return action as Extract<Action, { kind: Kind }>;
}
