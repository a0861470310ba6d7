import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { configurationIn, gitopsVariables, keepGitopsToken } from '../gitops.ts';
import { writeJson } from '../json/write-json.ts';
import { lookAhead } from '../look-ahead.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { completeRequest, namesPromotion, readRequestVariables, requestSchema } from '../promotion-request.ts';
import { checkLines } from '../render/check-lines.ts';
import { promotionJson } from '../json/promotion-json.ts';
import { planLines } from '../render/plan-lines.ts';
import { promotionHeader } from '../render/promotion-header.ts';
import { UsageError } from '../usage-error.ts';
import { withInstallation } from '../with-session.ts';
import { checksJson, exitCodeOf } from './validate.ts';

const promotionId = /^pr-[0-9a-f]+$/;

const optionsSchema = requestSchema.extend({ as: z.string().optional(), json: z.boolean().default(false) });

/** `promote plan`: what exactly a promotion would do, or what one that there is will do or did. */
export function addPlan(program: PromoteCommand, context: CommandContext): void {
  namesPromotion(program.command('plan'), {
    name: '[application-or-promotion]',
    means:
      'what is released (default: PROMOTE_APPLICATION, else the only one), or the id of a promotion, whose own plan is shown',
  })
    .description(
      'Shows what exactly a promotion would do to its target now, and changes nothing; exit code 3 when it would be refused, and 0 when the release runs there already.',
    )
    .example(
      'plan shop --release v2 --to staging',
      'images, configuration, migrations, flags, and what cannot be undone',
    )
    .example('plan pr-7f3a', 'what the promotion that waits for your approval will do')
    .speaksFor()
    .json(
      'What `validate --json` shows, and `"plan": { "hash", "body" }`, null when there can be none. Of a promotion: `{ "promotion", "plan" }`.',
    )
    .runs(optionsSchema, async (options, application) => {
      if (application !== undefined && promotionId.test(application)) {
        return showPlan(context, application, options);
      }
      const variables = readRequestVariables(context, gitopsVariables);
      const elsewhere = configurationIn(variables);
      return withInstallation(
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

/** Looks at the plan that people decide about, which needs no permission to promote. */
async function showPlan(
  context: CommandContext,
  promotion: string,
  options: z.infer<typeof optionsSchema>,
): Promise<number> {
  const { release, from, to, hotfix, json } = options;
  if (release !== undefined || from !== undefined || to !== undefined || hotfix) {
    throw new UsageError(`${promotion} has its release and its path; leave --release, --from, --to and --hotfix out`);
  }
  return withInstallation(context, options, async ({ service, actor }) => {
    const view = await service.view(actor, promotion);
    const { terminal } = context;
    if (json) {
      writeJson(terminal, { promotion: promotionJson(view.promotion, view.release.name), plan: view.plan ?? null });
    } else terminal.write(`${[promotionHeader(view, terminal.paint), '', ...planLines(view)].join('\n')}\n`);
    return exitCodes.ok;
  });
}
