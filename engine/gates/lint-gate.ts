import { z } from 'zod';
import { defineGate } from './gate.ts';
import { newestOfEach } from './newest-of-each.ts';
import { counted } from '../wording/counted.ts';

/** What linters complain about, added up over all of them: each looks at other code. */
export const lintGate = defineGate({
  name: 'lint',
  configSchema: z.object({ maximumErrors: z.number(), maximumWarnings: z.number().optional() }),
  async evaluate(context) {
    const { maximumErrors, maximumWarnings } = context.config;
    const reports = newestOfEach(context, 'lint', ({ tool }) => tool);
    if (!reports.found) return { kind: 'missing', detail: `no usable report of a linter: ${reports.why}` };
    const evidence = reports.facts.map(({ id }) => id);
    const errors = reports.facts.reduce((sum, { fact }) => sum + fact.errors, 0);
    const warnings = reports.facts.reduce((sum, { fact }) => sum + fact.warnings, 0);
    const failures = [
      ...(errors <= maximumErrors ? [] : [`${counted(errors, 'lint error')}, allowed are ${String(maximumErrors)}`]),
      ...(maximumWarnings === undefined || warnings <= maximumWarnings
        ? []
        : [`${counted(warnings, 'lint warning')}, allowed are ${String(maximumWarnings)}`]),
    ];
    return failures.length > 0
      ? { kind: 'fail', detail: failures.join(', '), evidence }
      : { kind: 'pass', detail: `lint ${counted(errors, 'error')}`, evidence };
  },
});
