import { z } from 'zod';
import type { ComparedEnvironments, ComparisonRequest } from '../../engine/promotion-service.ts';
import type { CommandContext } from '../command-context.ts';
import { readGuideVariables, type GuideVariables } from '../environment-variables/guide-variables.ts';
import { exitCodes } from '../exit-code.ts';
import { unlessInterrupted } from '../interruption.ts';
import { comparisonJson } from '../json/comparison-json.ts';
import { writeJson } from '../json/write-json.ts';
import { placeOf } from '../option-values.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { requestVariables } from '../promotion-request.ts';
import { comparisonLines } from '../render/comparison-lines.ts';
import { UsageError } from '../usage-error.ts';
import { withLog } from '../with-log.ts';
import { showingWait, withInstallation } from '../with-session.ts';

const optionsSchema = z.object({
  log: z.union([z.string(), z.boolean()]).optional(),
  json: z.boolean().default(false),
});

/** `promote compare`: two environments side by side, how ready the first one is for the second, and what promoting would change. */
export function addCompare(program: PromoteCommand, context: CommandContext): void {
  program
    .command('compare')
    .description(
      'Shows two environments side by side, how ready what runs in the first one is for the second, and what promoting it would change; exit code 3 when it is not ready.',
    )
    .example('compare development staging', 'versions, schema, tables, configuration, flags, times, resources')
    .example('compare', 'the ends of the only path')
    .argument(
      '[words...]',
      'two environments, by name or alias (default: FROM_ENV and TO_ENV, else the only path), and the application',
    )
    .option('--log [file]', 'keep what is said in a new file')
    .json(
      '`{ "application", "from", "to", "versions", "schema", "tables", "configuration", "flags", "readiness", "forecast" }`; the parts in between are `{ "kind": "compared", "entries" }`, `{ "kind": "unknown", "why" }` or `{ "kind": "none" }`, those of `configuration` and `flags` with what is the `same`; `readiness` has `score`, `verdict` (`ready`, `caution`, `not-ready`) and every check; `forecast` is the plan of a promotion from the one to the other.',
    )
    .runs(optionsSchema, (options, ...words) => {
      const request = requestOf(words, readGuideVariables(context.environment, requestVariables));
      return withLog(context, { log: placeOf(options.log, undefined), prefix: 'env-comparison' }, (logged) =>
        withInstallation(
          logged,
          options.json,
          async (session) => {
            const { terminal } = logged;
            using interruption = logged.interruption.listen();
            const { signal } = interruption;
            const compared = await unlessInterrupted(
              () =>
                showingWait(logged, options.json, 'comparing', () =>
                  session.service.compare(session.actor, request, signal),
                ),
              signal,
            );
            if (compared === 'interrupted') return exitCodes.interrupted;
            if (options.json) writeJson(terminal, comparisonJson(compared));
            else terminal.write(`${comparisonLines(compared, terminal.paint).join('\n')}\n`);
            return exitCodeOf(compared);
          },
          { needsRules: true },
        ),
      );
    });
}

/** Caution is no refusal here: whoever promotes is asked to acknowledge it. */
export function exitCodeOf({ readiness }: Pick<ComparedEnvironments, 'readiness'>): number {
  return readiness?.verdict === 'not-ready' ? exitCodes.requirementsNotMet : exitCodes.ok;
}

/** One word is an application, two are environments, and three are both. */
function requestOf(words: readonly (string | undefined)[], variables: GuideVariables): ComparisonRequest {
  const given = words.filter((word) => word !== undefined);
  const { FROM_ENV, TO_ENV, PROMOTE_APPLICATION } = variables;
  const [first, second, third, ...more] = given;
  if (more.length > 0) throw new UsageError('promote compare takes two environments and an application at most');
  if (second === undefined) return { application: first ?? PROMOTE_APPLICATION, from: FROM_ENV, to: TO_ENV };
  return { application: third ?? PROMOTE_APPLICATION, from: first, to: second };
}
