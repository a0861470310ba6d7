import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { readEnvironment, type EnvironmentView } from '../environment-view.ts';
import { exitCodes } from '../exit-code.ts';
import { unlessInterrupted } from '../interruption.ts';
import { environmentJson } from '../json/environment-json.ts';
import { statusJson } from '../json/status-json.ts';
import { writeJson } from '../json/write-json.ts';
import { keepServiceLogs } from '../keep-service-logs.ts';
import { placeOf, someText } from '../option-values.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { environmentLines } from '../render/environment-lines.ts';
import { statusLines } from '../render/status-lines.ts';
import type { Session } from '../session.ts';
import { readStatus, type StatusView } from '../status-view.ts';
import { showPromotion } from '../show-promotion.ts';
import { UsageError } from '../usage-error.ts';
import { watch, type Watched } from '../watch.ts';
import { withLog } from '../with-log.ts';
import { withInstallation } from '../with-session.ts';

const optionsSchema = z.object({
  env: z.string().optional(),
  watch: z.boolean().default(false),
  log: z.union([z.string(), z.boolean()]).optional(),
  json: z.boolean().default(false),
});
type Options = z.infer<typeof optionsSchema>;

const promotionId = /^pr-[0-9a-f]+$/;

/** `promote status`: what runs where, and what is on its way; one environment as it does now; or one promotion. */
export function addStatus(program: PromoteCommand, context: CommandContext): void {
  program
    .command('status')
    .description(
      'Shows which release runs in each environment, every promotion that is on its way, and what is left to be done; or one environment as it does now; or one promotion with all that people decided about it.',
    )
    .example(
      'status shop --env staging',
      'each service there: version, health, response time, errors, memory, processor',
    )
    .example('status pr-7f3a', 'one promotion: its plan, checklist, approvals, notes and what was set aside')
    .argument('[application-or-promotion]', 'only this application, or the id of a promotion')
    .option('--env <environment>', 'one environment, by name or alias, looked at now', someText)
    .option('--watch', 'keep it up to date; ctrl-C ends it')
    .option('--log [file]', 'with --env: keep what is shown, and what its services wrote last, in a new file')
    .json(
      'One status; with `--watch` one a line. Of an environment: `{ "application", "environment", "state", "deployment", "services", "database", "alerts", "closures", "openItems", "running" }`; what is not known is `null`, and `unknown` says why. Of a promotion: it, with `approvals`, `checklist`, `notes` and `openItems`.',
    )
    .runs(optionsSchema, (options, word) => {
      const { env, json } = options;
      if (env !== undefined) return showEnvironment(context, word, env, options);
      if (options.log !== undefined) throw new UsageError('--log is for one environment; name it with --env');
      return withInstallation(context, json, async (session) => {
        if (word === undefined || !promotionId.test(word)) return showStatus(context, session, word, options);
        if (options.watch)
          throw new UsageError('--watch is for applications; promote logs <promotion> --follow follows one');
        await showPromotion(context, session, word, json);
        return exitCodes.ok;
      });
    });
}

async function showStatus(
  context: CommandContext,
  session: Session,
  application: string | undefined,
  options: Options,
): Promise<number> {
  const { terminal, clock } = context;
  return show<StatusView>(context, session, options, {
    read: () => readStatus(session, application, clock.now()),
    lines: (status) => statusLines(status, terminal.paint),
    json: statusJson,
  });
}

async function showEnvironment(
  context: CommandContext,
  application: string | undefined,
  environment: string,
  options: Options,
): Promise<number> {
  if (application !== undefined && promotionId.test(application)) {
    throw new UsageError('--env is for applications; promote status <promotion> shows one promotion');
  }
  return withLog(context, { log: placeOf(options.log, undefined), prefix: logPrefix(environment) }, (logged, log) =>
    withInstallation(logged, options.json, async (session) => {
      const { terminal } = logged;
      let name: string | undefined;
      const exitCode = await show<EnvironmentView>(logged, session, options, {
        async read(signal) {
          const view = await readEnvironment(session, application, environment, signal);
          name = view.report.environment;
          return view;
        },
        lines: (view) => environmentLines(view, terminal.paint),
        json: environmentJson,
      });
      if (log !== undefined && name !== undefined) await keepServiceLogs(session, name, log);
      return exitCode;
    }),
  );
}

/** Logs of an environment are called after it, as it was typed: `dev-20261126-140533.log`. */
function logPrefix(environment: string): string {
  return /^[a-z0-9-]{1,63}$/.test(environment) ? environment : 'environment';
}

async function show<View extends { readonly at: Date }>(
  context: CommandContext,
  session: Session,
  options: Options,
  watched: Watched<View>,
): Promise<number> {
  if (options.watch) return watch(context, session, options.json, watched);
  using interruption = context.interruption.listen();
  const { signal } = interruption;
  const view = await unlessInterrupted(() => watched.read(signal), signal);
  if (view === 'interrupted') return exitCodes.interrupted;
  if (options.json) writeJson(context.terminal, watched.json(view));
  else context.terminal.write(`${watched.lines(view).join('\n')}\n`);
  return exitCodes.ok;
}
