import { z } from 'zod';
import { undoWindowDetail } from '../workflow/schedule-contract.ts';
import { defineStep } from '../workflow/step-definition.ts';
import { pendingContract, standingOfContract } from './pending-contract.ts';

/** Parks, without a slot, until the release has been verified for the whole undo window. */
export const awaitUndoWindow = defineStep({
  name: 'await-undo-window',
  version: 1,
  oldestVersion: 1,
  phase: 'conditions',
  title: 'undo window',
  isContractOnly: true,
  isOptional: false,
  configSchema: z.object({}),
  async run(context) {
    const standing = await standingOfContract(context);
    switch (standing.kind) {
      case 'over':
        return { kind: 'done', summary: 'over', output: {} };
      case 'moved-on':
        return { kind: 'end', state: 'SUPERSEDED', reason: standing.reason };
      case 'open': {
        const versions = (await pendingContract(context)).map(({ version }) => version);
        if (versions.length === 0) return { kind: 'end', state: 'SUPERSEDED', reason: 'every migration has run' };
        const detail = undoWindowDetail(versions);
        return { kind: 'park', reason: 'undo-window', detail, until: standing.until, checkpoint: {} };
      }
    }
  },
});
