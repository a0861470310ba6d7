import { z } from 'zod';
import { actionFacts } from '../actions/action-facts.ts';
import { ActionNotYetError } from '../actions/action-runner.ts';
import { VerificationFailedError } from '../deployment/deployment-failed-error.ts';
import type { DeploymentStatus } from '../deployment/deployment-target.ts';
import { actionSchema } from '../rules/action-schema.ts';
import type { StepContext } from '../workflow/step-definition.ts';

export const customTestSchema = z.object({ name: z.string(), action: actionSchema });
export type CustomTest = z.infer<typeof customTestSchema>;

/**
 * Runs the team's own tests against the services of the target, one after the other in the order of the rules.
 * @throws VerificationFailedError when one fails; ActionNotYetError when it says itself that it may pass later
 */
export async function runCustomTests(
  { promotion, release, ports, effect, log }: StepContext<unknown>,
  tests: readonly CustomTest[],
  { services }: DeploymentStatus,
): Promise<void> {
  const { source, target, privateNetworks = [] } = promotion.definition;
  for (const { name, action } of tests) {
    const key = `${effect.key}:${name}`;
    const addresses = Object.fromEntries(services.map((service) => [service.name, service.url]));
    const subject = {
      release,
      source,
      target,
      promotionId: promotion.id,
      key,
      name,
      purpose: 'test',
      addresses,
    } as const;
    const { fence, signal } = effect;
    const facts = actionFacts(subject);
    const outcome = await ports.actions.run({ action, facts, privateNetworks, fence, signal, log });
    log(`test ${name}: ${outcome.kind === 'succeeded' ? 'passed' : outcome.detail}`);
    if (outcome.kind === 'succeeded') continue;
    const message = `test ${name} failed: ${outcome.detail}`;
    throw outcome.mayPass
      ? new ActionNotYetError(message)
      : new VerificationFailedError(message, ['smoke-test-failure']);
  }
}
