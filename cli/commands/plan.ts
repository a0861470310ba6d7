import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { configurationIn, gitopsVariables, keepGitopsToken } from '../gitops.ts';
import { writeJson } from '../json/write-json.ts';
import { lookAhead } from '../look-ahead.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { completeRequest, namesPromotion, readRequestVariables, requestSchema } from '../promotion-request.ts';
import { checkLines } from '../render/check-lines.ts';
import { planLines } from '../render/plan-lines.ts';
import { promotionHeader } from '../render/promotion-header.ts';
import { withSession } from '../with-session.ts';
import { checksJson, exitCodeOf } from './validate.ts';

const optionsSchema = requestSchema.extend({ as: z.string().optional(), json: z.boolean().default(false) });

/** `promote plan`: what exactly a promotion would do. */
export function addPlan(program: PromoteCommand, context: CommandContext): void {
  namesPromotion(program.command('plan'))
    .description(
      'Shows what exactly a promotion would do to its target now, and changes nothing; exit code 3 when it would be refused, and 0 when the release runs there already.',
    )
    .example(
      'plan shop --release v2 --to staging',
      'images, configuration, migrations, flags, and what cannot be undone',
    )
    .example('plan --to production --json', 'the same for what runs before production, for a program')
    .speaksFor()
    .json('What `validate --json` shows, and `"plan": { "hash", "body" }`, null when there can be none.')
    .runs(optionsSchema, async (options, application) => {
      const variables = readRequestVariables(context, gitopsVariables);
      const elsewhere = configurationIn(variables);
      return withSession(
        context,
        options,
        async (session) => {
          const request = await completeRequest(session, application, options, variables);
          await keepGitopsToken(session, variables, request);
          const ahead = await lookAhead(context, session, { ...request, ...elsewhere }, options.json);
          if (ahead === undefined) return exitCodes.interrupted;
          const { terminal } = context;
          const { view, outcome } = ahead;
          if (options.json) writeJson(terminal, { ...checksJson(ahead), plan: view?.plan ?? null });
          else {
            const lines =
              outcome === 'met' && view !== undefined
                ? [promotionHeader(view, terminal.paint), '', ...planLines(view)]
                : checkLines(ahead, terminal.paint);
            terminal.write(`${lines.join('\n')}\n`);
          }
          return exitCodeOf(ahead);
        },
        { needsRules: true },
      );
    });
}
