import { defineGate } from './gate.ts';
import { judgeLoadTests } from './judge-load-tests.ts';
import { loadSettingsSchema } from './load-settings.ts';

/** The load tests before the deployment, each tool's newest; the one after it is a matter of verification. */
export const loadGate = defineGate({
  name: 'load',
  configSchema: loadSettingsSchema,
  evaluate: async (context) => judgeLoadTests(context, 'before', context.config),
});
