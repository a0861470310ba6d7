import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { configurationIn, gitopsVariables, keepGitopsToken } from '../gitops.ts';
import { writeJson } from '../json/write-json.ts';
import { lookAhead, type LookAhead } from '../look-ahead.ts';
import { placeOf } from '../option-values.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { completeRequest, namesPromotion, readRequestVariables, requestSchema } from '../promotion-request.ts';
import { checkLines, subjectOf } from '../render/check-lines.ts';
import { remedyFor } from '../render/check-remedies.ts';
import { withLog } from '../with-log.ts';
import { withInstallation } from '../with-session.ts';

const optionsSchema = requestSchema.extend({
  as: z.string().optional(),
  log: z.union([z.string(), z.boolean()]).optional(),
  json: z.boolean().default(false),
});

/** `promote validate`: whether the requirements of a path are met now. */
export function addValidate(program: PromoteCommand, context: CommandContext): void {
  namesPromotion(program.command('validate'))
    .description(
      'Checks every requirement of a promotion and changes nothing; exit code 3 when one is not met, with what to do, and 0 when the release runs there already.',
    )
    .example('validate shop --release v2 --to staging', 'would v2 be let through?')
    .example('validate --from staging --to canary', 'would what runs in staging be let through?')
    .option('--log [file]', 'keep what is said in a new file (default: PROMOTION_LOG)')
    .speaksFor()
    .json(
      '`{ "ok", "application", "release", "from", "to", "nothingToDo", "checks": [ { "name", "verdict", "detail", "remedy" } ] }`; what is refused before anything is looked at, such as a release that is marked bad, is the check `conditions`; `nothingToDo` says that the release runs there already, and is null otherwise.',
    )
    .runs(optionsSchema, async (options, application) => {
      const variables = readRequestVariables(context, ['PROMOTION_LOG', ...gitopsVariables]);
      const elsewhere = configurationIn(variables);
      const place = { log: placeOf(options.log, variables.PROMOTION_LOG), prefix: 'promotion' };
      return withLog(context, place, (logged) =>
        withInstallation(
          logged,
          options,
          async (session) => {
            const request = await completeRequest(session, application, options, variables);
            await keepGitopsToken(session, variables, request);
            const ahead = await lookAhead(logged, session, { ...request, ...elsewhere }, options.json);
            if (ahead === undefined) return exitCodes.interrupted;
            const { terminal } = logged;
            if (options.json) writeJson(terminal, checksJson(ahead));
            else terminal.write(`${checkLines(ahead, terminal.paint).join('\n')}\n`);
            return exitCodeOf(ahead);
          },
          { needsRules: true },
        ),
      );
    });
}

/** What could not be looked at is not the same as what is not met. */
export function exitCodeOf({ outcome }: LookAhead): number {
  switch (outcome) {
    case 'met':
    case 'nothing-to-do':
      return exitCodes.ok;
    case 'unmet':
      return exitCodes.requirementsNotMet;
    case 'unknown':
      return exitCodes.failed;
  }
}

/** The checks as `--json` shows them. */
export function checksJson(ahead: LookAhead) {
  const { request, checks, outcome, nothingToDo } = ahead;
  const { application, release, from, to } = request;
  return {
    ok: outcome === 'met' || outcome === 'nothing-to-do',
    application,
    release,
    from,
    to,
    nothingToDo: nothingToDo ?? null,
    checks: checks.map((check) => ({
      ...check,
      remedy: check.verdict === 'fail' ? remedyFor(check.name, subjectOf(ahead), check.detail) : null,
    })),
  };
}
