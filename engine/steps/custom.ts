import { z } from 'zod';
import { actionFacts, type ActionSubject } from '../actions/action-facts.ts';
import { ActionFailedError, ActionNotYetError } from '../actions/action-runner.ts';
import { actionSchema, type Action } from '../rules/action-schema.ts';
import { classifyError } from '../workflow/errors/classify-error.ts';
import { defineStep, type StepContext, type StepResult } from '../workflow/step-definition.ts';
import { causeText } from '../wording/cause-text.ts';
import { shortened } from '../wording/shortened.ts';

const configSchema = z.object({
  /** As the rules call it. */
  name: z.string(),
  action: actionSchema,
  /** Takes the action back; without one, nothing does. */
  compensation: actionSchema.optional(),
});
type Context = StepContext<z.infer<typeof configSchema>>;

/**
 * A step of the team's own: any number of them stand in a promotion, each under its own name. What it does may be done
 * again under the same key when a process died; it has to recognise that by PROMOTION_KEY.
 */
export const custom = defineStep({
  name: 'custom',
  version: 1,
  oldestVersion: 1,
  phase: 'move',
  title: 'custom',
  isOptional: false,
  configSchema,
  async run(context) {
    const { promotion, config, attempt } = context;
    try {
      return await perform(context, config.action, 'run');
    } catch (error) {
      context.effect.signal.throwIfAborted();
      const { isOptional = false } = promotion.definition.steps.find(({ name }) => name === config.name) ?? {};
      const mayTryAgain = attempt < promotion.definition.retry.maximumAttempts && classifyError(error).isRetryable;
      if (!isOptional || mayTryAgain) throw error;
      // Whatever it was: the promotion can do without.
      throw new ActionFailedError(causeText(error), { cause: error });
    }
  },
  async compensate(context) {
    const { compensation, name } = context.config;
    if (compensation === undefined) throw new Error(`${name} has no compensation`);
    return perform(context, compensation, 'undo');
  },
});

async function perform(context: Context, action: Action, purpose: 'run' | 'undo'): Promise<StepResult> {
  const { promotion, config, ports, effect, log } = context;
  // Nothing can make the action itself conditional; this keeps a run that was overtaken from beginning it.
  await ports.documents.fence(`actions-${promotion.id}`, effect);
  const outcome = await ports.actions.run({
    action,
    facts: actionFacts(await subjectOf(context, purpose)),
    privateNetworks: promotion.definition.privateNetworks ?? [],
    fence: effect.fence,
    signal: effect.signal,
    log,
  });
  switch (outcome.kind) {
    case 'succeeded':
      // The log has the whole of it.
      return { kind: 'done', summary: shortened(outcome.detail), output: { detail: outcome.detail } };
    case 'failed': {
      const message = `${config.name}: ${outcome.detail}`;
      throw outcome.mayPass ? new ActionNotYetError(message) : new ActionFailedError(message);
    }
  }
}

async function subjectOf(context: Context, purpose: 'run' | 'undo'): Promise<ActionSubject> {
  const { promotion, release, config, effect } = context;
  const { source, target, steps } = promotion.definition;
  const subject = { release, source, target, promotionId: promotion.id, key: effect.key, name: config.name, purpose };
  const phase = steps.find(({ name }) => name === config.name)?.phase;
  switch (phase) {
    case 'deploy':
      return { ...subject, addresses: await addressesOf(context) };
    case 'report':
    case 'notify':
      return { ...subject, outcome: outcomeOf(promotion) };
    default:
      return subject;
  }
}

async function addressesOf({ promotion, ports, effect }: Context): Promise<Readonly<Record<string, string>>> {
  const { services } = await ports.deployment.status(promotion.definition.target.name, effect.signal);
  return Object.fromEntries(services.map(({ name, url }) => [name, url]));
}

function outcomeOf({ rollback, failure }: Context['promotion']): string {
  if (rollback !== undefined) return 'rolled-back';
  return failure === undefined ? 'succeeded' : 'failed';
}
