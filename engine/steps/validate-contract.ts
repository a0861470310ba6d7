import { instantText } from '../schedule/instant-text.ts';
import { z } from 'zod';
import { defineStep } from '../workflow/step-definition.ts';
import { pendingContract, standingOfContract } from './pending-contract.ts';

/** What a contract run will do, decided under the slot, where nothing else can move the environment any more. */
export const contractOutputSchema = z.object({ migrations: z.array(z.number()) });

/** Makes sure, holding the slot, that the release still runs and its undo window is still over. */
export const validateContract = defineStep({
  name: 'validate-contract',
  version: 1,
  oldestVersion: 1,
  phase: 'validation',
  title: 'contract checked',
  isContractOnly: true,
  isOptional: false,
  configSchema: z.object({}),
  async run(context) {
    const standing = await standingOfContract(context);
    switch (standing.kind) {
      case 'moved-on':
        return { kind: 'end', state: 'SUPERSEDED', reason: standing.reason };
      case 'open':
        return {
          kind: 'send-back',
          cause: 'window',
          reason: `the undo window began anew and ends ${instantText(standing.until)}`,
        };
      case 'over': {
        const pending = await pendingContract(context);
        if (pending.length === 0) return { kind: 'end', state: 'SUPERSEDED', reason: 'every migration has run' };
        const names = pending.map(({ version, name }) => `${String(version)} (${name})`).join(', ');
        return {
          kind: 'done',
          summary: `migration ${names}`,
          output: { migrations: pending.map(({ version }) => version) },
        };
      }
    }
  },
});
