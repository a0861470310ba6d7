import { z } from 'zod';
import { runRequestSchema, type RunRequest } from '../../engine/contract/run-request.ts';
import { imageCommands, runtimeVariables } from '../../engine/contract/runtime-variables.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { printable } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { stateWords } from '../render/waiting-text.ts';
import { SetupError } from '../setup-error.ts';
import { UsageError } from '../usage-error.ts';
import { refuseWithoutAdapter, type VariableWithoutAdapter } from '../refuse-without-adapter.ts';
import { withSession } from '../with-session.ts';

/** What an installation tells its runner to use and this version cannot reach. */
const unreachable = [
  runtimeVariables.stateInstance,
  runtimeVariables.rules,
  runtimeVariables.auditBucket,
  runtimeVariables.artifactBuckets,
  runtimeVariables.eventTopics,
  runtimeVariables.migrationFunction,
  runtimeVariables.clusterAccess,
  runtimeVariables.argocdServer,
] as const satisfies readonly VariableWithoutAdapter[];

/** How long a run stays for a promotion that parks for a moment: a rollout, a look of a bake, a short retry. */
const lingerSeconds = 5;

/** `promote runner`: what the runner's build step starts; the promotion is named by variables and never by words. */
export function addRunner(program: PromoteCommand, context: CommandContext): void {
  program
    .command(imageCommands.runner, { hidden: true })
    .description(
      `Executes the promotion that ${runtimeVariables.promotionId} names until it ends or waits, on the database that DATABASE_URL names, with the rules of PROMOTE_RULES.`,
    )
    .example('runner', `execute the promotion of ${runtimeVariables.promotionId}`)
    .example('runner --help', 'see what it needs')
    .runs(z.object({}), async () => {
      const { promotionId, dispatchId } = runRequest(context.environment);
      refuseWhatCannotRun(context.environment);
      return withSession(context, true, async (session) => {
        // A run for what there is not is a mistake and not a run with nothing to do.
        await session.service.view(session.actor, promotionId);
        await session.runWorker({ promotionId, runId: dispatchId, lingerSeconds });
        const { promotion } = await session.service.view(session.actor, promotionId);
        context.terminal.write(`${printable(promotion.id)}: ${stateWords(promotion)}\n`);
        // How the promotion stands is told by the promotion; the run has done what it was for.
        return exitCodes.ok;
      });
    });
}

function runRequest(environment: CommandContext['environment']): RunRequest {
  const variables = { promotionId: runtimeVariables.promotionId, dispatchId: runtimeVariables.dispatchId };
  const read = runRequestSchema.safeParse({
    promotionId: environment[variables.promotionId] ?? '',
    dispatchId: environment[variables.dispatchId] ?? '',
  });
  if (read.success) return read.data;
  const wrong = Object.entries(variables).filter(([key]) => read.error.issues.some(({ path }) => path[0] === key));
  const told = wrong.map(([, name]) => `${name} ${environment[name] === undefined ? 'is not set' : 'is no id'}`);
  throw new UsageError(`${told.join(', ')}; each must be an id of 1 to 100 letters, digits, _ and -`);
}

/** Before anything is opened: a run that went on without what it was told to use would do half of a promotion. */
function refuseWhatCannotRun(environment: CommandContext['environment']): void {
  refuseWithoutAdapter(environment, unreachable, {
    program: 'runner',
    remedy: 'give it an image of a version that has them; nothing was changed, and the promotion is where it was',
  });
  if ((environment['DATABASE_URL'] ?? '') === '') {
    throw new SetupError(
      'no database is named, and a run has none of its own',
      "set DATABASE_URL to the installation's Postgres",
    );
  }
}
