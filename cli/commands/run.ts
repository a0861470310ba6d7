import { z } from 'zod';
import { NothingToDoError, type CompleteRequest } from '../../engine/promotion-service.ts';
import { BackupCopy } from '../backup-copy.ts';
import type { CommandContext } from '../command-context.ts';
import type { GuideVariable, GuideVariables } from '../environment-variables/guide-variables.ts';
import { exitCodes } from '../exit-code.ts';
import { followPromotion } from '../follow-promotion.ts';
import { followShape } from '../json-shapes.ts';
import { keepErrors } from '../keep-errors.ts';
import { keepStepLogs } from '../keep-step-logs.ts';
import { leaveRunning } from '../leave-running.ts';
import { tellNothingToDo } from '../nothing-to-do.ts';
import {
  overrideSchema,
  overrideWishes,
  reasonOf,
  refuseWithoutReason,
  setsRulesAside,
  tellDeclined,
} from '../override-options.ts';
import { person, placeOf, someText } from '../option-values.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { configurationIn, gitopsVariables, keepGitopsToken } from '../gitops.ts';
import { completeRequest, namesPromotion, readRequestVariables, requestSchema } from '../promotion-request.ts';
import { lookAtWorkTree } from '../record-source.ts';
import type { Session } from '../session.ts';
import { withLog } from '../with-log.ts';
import { showingWait, withInstallation } from '../with-session.ts';

const optionsSchema = requestSchema.extend({
  ...overrideSchema.shape,
  as: z.string().optional(),
  reason: z.string().optional(),
  onBehalfOf: z.string().optional(),
  key: z.string().optional(),
  dryRun: z.boolean().optional(),
  again: z.boolean().default(false),
  log: z.union([z.string(), z.boolean()]).optional(),
  backupDir: z.union([z.string(), z.boolean()]).optional(),
  overrideFreeze: z.boolean().default(false),
  workTree: z.union([z.string(), z.boolean()]).optional(),
  wait: z.boolean(),
  json: z.boolean().default(false),
});

/** What was typed, with the variables of the guides where something was not. */
interface Request extends z.infer<typeof optionsSchema>, ReturnType<typeof configurationIn> {
  readonly application: string | undefined;
  readonly variables: GuideVariables;
}

const variableNames: readonly GuideVariable[] = [
  'AUTO_APPROVE',
  'DRY_RUN',
  'SKIP_VALIDATION',
  'MAX_STARTUP_WAIT',
  'HEALTH_CHECK_TIMEOUT',
  'PROMOTION_LOG',
  'BACKUP_DIR',
  ...gitopsVariables,
];

/** `promote run`: asks for a promotion and follows it. */
export function addRun(program: PromoteCommand, context: CommandContext): void {
  setsRulesAside(namesPromotion(program.command('run')))
    .description(
      'Promotes a release of an application to an environment, and follows it until it ends or a person is needed; exit code 0 too when the release runs there already.',
    )
    .example('run shop --release v2 --to staging', 'promote and follow')
    .example('run shop --release v2 --to staging --dry-run', 'show what would be done, and change nothing')
    .option('--reason <text>', 'why, for those who approve it and for the audit trail')
    .option(
      '--on-behalf-of <person>',
      'the person behind this request, when a machine asks; like whoever asks, never an approver of it',
      person,
    )
    .option('--dry-run', 'check everything, show the plan, change nothing (default: DRY_RUN)')
    .option('--again', 'promote it even though it runs there already, or ran there before what runs there now')
    .option('--override-freeze', 'move during freezes too, for the reason given; the rules say who may')
    .option('--no-wait', 'only ask for it; exit code 4 says that it runs by itself')
    .option('--key <key>', 'the same key again is the same promotion, so that a repeated CI job asks once', someText)
    .option('--log [file]', 'keep what is said, and what the steps wrote, in a new file (default: PROMOTION_LOG)')
    .option(
      '--work-tree [folder]',
      'look at the git work tree that the release was made from, warn about uncommitted changes, and record its state (default: where you are)',
    )
    .option('--backup-dir [folder]', 'copy what is backed up into a new folder (default: BACKUP_DIR)')
    .speaksFor()
    .json(
      `${followShape} When the release runs there already: one line, \`{ "type": "nothing-to-do", "exitCode": 0, "application", "release", "from", "to", "detail" }\`.`,
    )
    .runs(optionsSchema, async (options, application) => {
      const variables = readRequestVariables(context, variableNames);
      refuseWithoutReason(options, variables);
      const request = { ...options, application, variables, ...configurationIn(variables) };
      const place = { log: placeOf(options.log, variables.PROMOTION_LOG), prefix: 'promotion' };
      return withLog(context, place, (logged, log) =>
        withInstallation(
          logged,
          options,
          async (session) => {
            const asked = await ask(logged, session, request);
            if ('nothingToDo' in asked) return tellNothingToDo(logged, asked.request, asked.nothingToDo, request.json);
            const { promotionId, backup } = asked;
            await tellDeclined(logged, session, promotionId, request, variables);
            const exitCode = await follow(logged, session, promotionId, request);
            await backup?.take(logged, session, promotionId);
            if (log !== undefined) {
              await keepStepLogs(session, promotionId, log);
              await keepErrors(session, promotionId, log);
            }
            return exitCode;
          },
          { needsRules: true },
        ),
      );
    });
}

async function ask(
  context: CommandContext,
  session: Session,
  request: Request,
): Promise<
  | { readonly promotionId: string; readonly backup: BackupCopy | undefined }
  | { readonly request: CompleteRequest; readonly nothingToDo: string }
> {
  const { application, variables } = request;
  const complete = await completeRequest(session, application, request, variables);
  await keepGitopsToken(session, variables, complete);
  const { workTree = false } = request;
  if (workTree !== false) {
    const folder = workTree === true || workTree === '' ? '.' : workTree;
    const isDryRun = request.dryRun ?? variables.DRY_RUN ?? false;
    await lookAtWorkTree(context, session, folder, complete, !isDryRun);
  }
  const backup = BackupCopy.prepare(context, placeOf(request.backupDir, variables.BACKUP_DIR), complete.to);
  try {
    const promotionId = await showingWait(context, request.json, 'asking for the promotion', () =>
      session.service.run(session.actor, {
        ...complete,
        ...overrideWishes(request, variables),
        isHotfix: request.hotfix,
        reason: reasonOf(request, variables),
        onBehalfOf: request.onBehalfOf,
        isDryRun: request.dryRun ?? variables.DRY_RUN ?? false,
        isAgain: request.again,
        overridesFreezes: request.overrideFreeze,
        ...timeoutsIn(variables),
        ...(request.configuration === undefined ? {} : { configuration: request.configuration }),
        idempotencyKey: request.key,
      }),
    );
    return { promotionId, backup };
  } catch (error) {
    backup?.discard();
    if (error instanceof NothingToDoError) return { request: complete, nothingToDo: error.message };
    throw error;
  }
}

async function follow(
  context: CommandContext,
  session: Session,
  promotionId: string,
  { wait, json }: Request,
): Promise<number> {
  if (wait) return followPromotion(context, session, { promotionId, wish: 'promote', isJson: json });
  await leaveRunning(context, session, promotionId, json);
  return exitCodes.waiting;
}

function timeoutsIn({ MAX_STARTUP_WAIT: startupSeconds, HEALTH_CHECK_TIMEOUT: healthCheckSeconds }: GuideVariables) {
  if (startupSeconds === undefined && healthCheckSeconds === undefined) return {};
  return { timeouts: { startupSeconds, healthCheckSeconds } };
}
