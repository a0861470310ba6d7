import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { actionFacts } from '../actions/action-facts.ts';
import { actionSchema } from '../rules/action-schema.ts';
import { defineGate } from './gate.ts';

/** A check of the team's own: it passes when its action succeeds. One that could not be run or did not end is missing. */
export const customGate = defineGate({
  name: 'custom',
  configSchema: z.object({ name: z.string(), action: actionSchema }),
  async evaluate({ config, definition, release, ports, signal }) {
    const { name, action } = config;
    const { source, target } = definition;
    // A check changes nothing, so each time it is judged stands for itself.
    const key = `check:${name}:${randomUUID()}`;
    const outcome = await ports.actions.run({
      action,
      facts: actionFacts({ release, source, target, promotionId: undefined, key, name, purpose: 'check' }),
      privateNetworks: definition.privateNetworks ?? [],
      fence: 0,
      signal,
      log: () => undefined,
    });
    switch (outcome.kind) {
      case 'succeeded':
        return { kind: 'pass', detail: `${name}: ${outcome.detail}`, evidence: [] };
      case 'failed':
        // What was ended for want of time has said neither yes nor no, like an address that does not answer.
        if (outcome.timedOut === true) return { kind: 'missing', detail: `${name}: ${outcome.detail}` };
        return { kind: 'fail', detail: `${name}: ${outcome.detail}`, evidence: [] };
    }
  },
});
