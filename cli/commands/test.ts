import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { readGuideVariables } from '../environment-variables/guide-variables.ts';
import { exitCodes } from '../exit-code.ts';
import { unlessInterrupted } from '../interruption.ts';
import { testJson } from '../json/test-json.ts';
import { writeJson } from '../json/write-json.ts';
import type { LogFile } from '../log-file.ts';
import { placeOf } from '../option-values.ts';
import { printable } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { TestLines } from '../render/test-lines.ts';
import type { Session } from '../session.ts';
import { TestRun } from '../test-run.ts';
import { withLog } from '../with-log.ts';
import { withInstallation } from '../with-session.ts';

const optionsSchema = z.object({
  as: z.string().optional(),
  log: z.union([z.string(), z.boolean()]).optional(),
  json: z.boolean().default(false),
});
type Options = z.infer<typeof optionsSchema>;

/** `promote test`: whether an environment is as it must be, by the rules. */
export function addTest(program: PromoteCommand, context: CommandContext): void {
  program
    .command('test')
    .description(
      'Tests an environment: services, endpoints, database, security, performance, integration, isolation, and the tests of your own; exit code 1 when one fails.',
    )
    .example('test development', 'everything that the rules say of it')
    .example('test staging shop --json', 'of one application, for a program')
    .argument('<environment>', 'by name or alias')
    .argument('[application]', 'what is tested (default: PROMOTE_APPLICATION, else the only one)')
    .option('--log [file]', 'keep what is said, and what tests of your own print, in a new file')
    .speaksFor()
    .json(
      '`{ "ok", "application", "environment", "release", "results": [ { "category", "name", "verdict", "detail", "remedy" } ] }`; `verdict` is `passed`, `failed` or `untested`, which is no pass.',
    )
    .runs(optionsSchema, (options, environment = '', application) => {
      const { PROMOTE_APPLICATION } = readGuideVariables(context.environment, ['PROMOTE_APPLICATION']);
      const place = { environment, application: application ?? PROMOTE_APPLICATION };
      return withLog(context, { log: placeOf(options.log, undefined), prefix: 'promotion-tests' }, (logged, log) =>
        withInstallation(logged, options, (session) => test(logged, session, place, options, log), {
          needsRules: true,
        }),
      );
    });
}

async function test(
  context: CommandContext,
  { service, actor }: Session,
  place: { readonly environment: string; readonly application: string | undefined },
  { json }: Options,
  log: LogFile | undefined,
): Promise<number> {
  const { terminal } = context;
  const run = new TestRun();
  const lines = new TestLines(terminal.paint);
  const say = (text: readonly string[]): void => {
    if (!json && text.length > 0) terminal.write(`${text.join('\n')}\n`);
  };
  using interruption = context.interruption.listen();
  const { signal } = interruption;
  const outcome = await unlessInterrupted(async () => {
    for await (const event of service.testEnvironment(actor, place, signal)) {
      run.take(event);
      if (event.kind === 'line') log?.write(`      ${printable(event.line)}\n`);
      else say(lines.of(event));
    }
    return 'done' as const;
  }, signal);
  if (outcome === 'interrupted') return exitCodes.interrupted;
  if (json) writeJson(terminal, testJson(run));
  else say(lines.end(run));
  return run.isGood ? exitCodes.ok : exitCodes.failed;
}
