import { z } from 'zod';
import { formatDuration, RefusedError } from '../../engine/promotion-service.ts';
import type { CommandContext } from '../command-context.ts';
import { confirm } from '../confirm.ts';
import { exitCodes } from '../exit-code.ts';
import { followPromotion } from '../follow-promotion.ts';
import { revisionJson } from '../json/revision-json.ts';
import { rollbackPreviewJson } from '../json/rollback-preview-json.ts';
import { writeJson, writeJsonLine } from '../json/write-json.ts';
import { lastTakenBack } from '../last-taken-back.ts';
import { leaveRunning } from '../leave-running.ts';
import { positiveInteger, someText } from '../option-values.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { revisionLines } from '../render/revision-lines.ts';
import { rollbackPlanLines } from '../render/rollback-plan-lines.ts';
import type { Session } from '../session.ts';
import { UsageError } from '../usage-error.ts';
import { withInstallation } from '../with-session.ts';

const optionsSchema = z.object({
  as: z.string().optional(),
  env: z.string().optional(),
  to: z.string().optional(),
  toRevision: z.number().optional(),
  list: z.boolean().default(false),
  confirm: z.string().optional(),
  reason: z.string().optional(),
  acceptLoss: z.boolean().default(false),
  undoMigrations: z.boolean().default(false),
  restoreDatabase: z.boolean().default(false),
  discardWrites: z.boolean().default(false),
  yes: z.boolean().default(false),
  wait: z.boolean(),
  json: z.boolean().default(false),
});
type Options = z.infer<typeof optionsSchema>;

const promotionId = /^pr-[0-9a-f]+$/;
/** Nobody calls an application so, and whoever mistyped an id wants to hear that there is no such promotion. */
const likePromotionId = /^pr-/;

/** `promote rollback`: takes a promotion back, after showing what that means. */
export function addRollback(program: PromoteCommand, context: CommandContext): void {
  program
    .command('rollback')
    .description('Takes a promotion back, or the newest one of an environment, after showing what that undoes.')
    .example('rollback pr-7f3a', 'take this promotion back')
    .example('rollback shop --env staging --to v1', 'return to a release that was verified there before')
    .argument(
      '[promotion-or-application]',
      'the id of a promotion, or an application together with --env (default: what can only be meant)',
    )
    .option('--env <environment>', 'take back what changed this environment of the application last', someText)
    .option('--to <release>', 'return to this release, taking back everything that came since', someText)
    .option('--to-revision <number>', 'the same, by the number that --list shows', positiveInteger)
    .option('--list', 'show what ran in the environment and whether it can return; changes nothing')
    .option('--confirm <promotion>', 'say that it was taken back by hand; what runs is verified', someText)
    .option('--reason <text>', 'why, for the audit trail', someText)
    .option('--accept-loss', 'also undo what discards rows or values written since')
    .option('--undo-migrations', 'undo its migrations by their down files, also those that the old release runs beside')
    .option('--restore-database', 'put the back-up of the database back; says first which writes that discards')
    .option('--discard-writes', 'with --restore-database: those writes may be lost')
    .option('--yes', 'do not ask for confirmation')
    .option('--no-wait', 'only ask for it; exit code 4 says that it runs by itself')
    .speaksFor()
    .json(
      'JSON lines as of `run`; without `--yes`: what it would do, `{ "kind": "preview", "promotion", "release", "returnsTo", "takesBack", "undone": [ { "step", "will" } ], "schema", "discards", "irreversible", "lastTookMs", "alsoRunsIn" … }`, then the error that `--yes` is missing, and exit code 2, nothing changed; with `--no-wait`: one promotion; with `--list`: `{ "application", "environment", "revisions": [ { "number", "release", "digest", "promotion", "returnedBy", "deployedAt", "verifiedAt", "isRunning", "canReturn", "reason", "schema" } ] }`.',
    )
    .runs(optionsSchema, (options, word) => {
      refuseContradictions(options, word);
      return withInstallation(context, options, async (session) => {
        if (options.confirm !== undefined) return confirmByHand(context, session, options.confirm, options);
        if (options.list) return list(context, session, word ?? '', options);
        const meant = word === undefined ? await onlyMeant(session, options) : { word, options };
        return takeBack(context, session, meant.word, meant.options);
      });
    });
}

/** @throws UsageError before anything is opened. */
function refuseContradictions(options: Options, word: string | undefined): void {
  const { env, to, toRevision, list: isList, confirm: confirmed } = options;
  if (confirmed !== undefined) {
    if (word !== undefined) throw new UsageError('name the promotion behind --confirm, and nothing else');
    return;
  }
  if (word === undefined) {
    if (isList || env !== undefined) throw new UsageError('name the application together with --env');
    refuseContradictingTargets(options);
    return;
  }
  const isPromotion = promotionId.test(word) || (env === undefined && likePromotionId.test(word));
  if (isPromotion && env !== undefined) {
    throw new UsageError(`${word} is a promotion and has its environment; leave --env out`);
  }
  if (!isPromotion && env === undefined) {
    throw new UsageError(`say which environment of ${word} to roll back, with --env, or name a promotion (pr-…)`);
  }
  if (isPromotion && (isList || to !== undefined || toRevision !== undefined)) {
    throw new UsageError('revisions are those of an environment: name the application, with --env');
  }
  refuseContradictingTargets(options);
}

function refuseContradictingTargets(options: Options): void {
  const { to, toRevision, restoreDatabase, discardWrites, undoMigrations } = options;
  if (restoreDatabase && undoMigrations) {
    throw new UsageError('give --undo-migrations or --restore-database, not both: the back-up brings its schema along');
  }
  if (to !== undefined && toRevision !== undefined) throw new UsageError('give --to or --to-revision, not both');
  if (discardWrites && !restoreDatabase) {
    throw new UsageError('--discard-writes belongs to --restore-database, which alone discards writes');
  }
}

/**
 * What can only be meant when nothing is named: the one environment that a promotion brought its release to.
 * @throws UsageError with the choices when there is none, or more than one.
 */
async function onlyMeant(
  session: Session,
  options: Options,
): Promise<{ readonly word: string; readonly options: Options }> {
  const { service, actor } = session;
  const promoted = (await service.environments(actor)).filter(({ promotionId }) => promotionId !== undefined);
  const [only] = promoted;
  const last = options.undoMigrations && only === undefined ? await lastTakenBack(session, {}) : undefined;
  if (last !== undefined) return { word: last, options };
  if (only !== undefined && promoted.length === 1) {
    return { word: only.application, options: { ...options, env: only.name } };
  }
  if (only === undefined) throw new UsageError('nothing was promoted here that could be taken back');
  const choices = promoted.map(({ application, name }) => `${application} --env ${name}`).join(', ');
  throw new UsageError(`several environments can be meant; say which: ${choices}`);
}

async function takeBack(context: CommandContext, session: Session, word: string, options: Options): Promise<number> {
  const { terminal } = context;
  const isJson = options.json;
  const { service, actor } = session;
  const to = chosenRevision(options);
  const id = options.env === undefined ? word : await newestIn(session, word, options.env, options);
  const question = {
    promotionId: id,
    acceptsDataLoss: options.acceptLoss,
    ...(to === undefined ? {} : { to }),
    ...(options.restoreDatabase ? { restoresDatabase: true } : {}),
    ...(options.undoMigrations ? { undoesMigrations: true } : {}),
  };
  if (!isJson || !options.yes || options.restoreDatabase) {
    const preview = await service.previewRollback(actor, question);
    if (isJson && !options.yes) writeJsonLine(terminal, rollbackPreviewJson(preview));
    if (!isJson) terminal.write(`${rollbackPlanLines(preview, options.acceptLoss, terminal.paint).join('\n')}\n\n`);
    if (options.restoreDatabase && !options.discardWrites) {
      const since = formatDuration((preview.discards?.minutes ?? 0) * 60_000);
      throw new UsageError(
        `putting the database back discards what was written in the last ${since}; add --discard-writes when it may be lost`,
      );
    }
  }
  const isSure = await confirm(context, 'Roll back?', { isJson, yes: options.yes });
  if (!isSure) {
    terminal.write('Nothing was changed.\n');
    return exitCodes.failed;
  }
  const reason = options.reason ?? `rolled back by ${actor.id}`;
  return follow(context, session, await service.rollBack(actor, { ...question, reason }), options);
}

function chosenRevision({ to, toRevision }: Options): { release: string } | { number: number } | undefined {
  if (to !== undefined) return { release: to };
  return toRevision === undefined ? undefined : { number: toRevision };
}

async function confirmByHand(context: CommandContext, session: Session, id: string, options: Options): Promise<number> {
  await session.service.confirmRollback(session.actor, id);
  return follow(context, session, id, options);
}

async function follow(context: CommandContext, session: Session, id: string, options: Options): Promise<number> {
  if (options.wait) {
    return followPromotion(context, session, { promotionId: id, wish: 'take-back', isJson: options.json });
  }
  await leaveRunning(context, session, id, options.json);
  return exitCodes.waiting;
}

async function list(context: CommandContext, session: Session, word: string, options: Options): Promise<number> {
  const environment = options.env ?? '';
  const revisions = await session.service.revisions(session.actor, word, environment);
  const { terminal, clock } = context;
  if (options.json) {
    writeJson(terminal, { application: word, environment, revisions: revisions.map(revisionJson) });
  } else terminal.write(`${revisionLines(revisions, clock.now(), terminal.paint).join('\n')}\n`);
  return exitCodes.ok;
}

/** Whoever wishes migrations undone that a rollback has let stay hears of them, and not that nothing is left. */
async function newestIn(session: Session, application: string, environment: string, options: Options): Promise<string> {
  const { service, actor } = session;
  const to = chosenRevision(options);
  try {
    return (await service.newestPromotion(actor, application, environment, to)).id;
  } catch (error) {
    if (!(error instanceof RefusedError) || !options.undoMigrations || to !== undefined) throw error;
    const last = await lastTakenBack(session, { application, environment });
    if (last === undefined) throw error;
    return last;
  }
}
