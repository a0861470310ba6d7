import { z } from 'zod';
import { instantText, type DeclaredFreeze } from '../../engine/promotion-service.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { writeJson } from '../json/write-json.ts';
import { plannedInstant } from '../option-instants.ts';
import { someText } from '../option-values.ts';
import { printable } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { freezeLines } from '../render/freeze-lines.ts';
import type { Session } from '../session.ts';
import { UsageError } from '../usage-error.ts';
import { withInstallation, withSession } from '../with-session.ts';

const optionsSchema = z.object({
  as: z.string().optional(),
  from: z.date().optional(),
  to: z.date().optional(),
  env: z.string().optional(),
  application: z.string().optional(),
  reason: z.string().optional(),
  alsoHotfix: z.boolean().default(false),
  list: z.boolean().default(false),
  lift: z.boolean().default(false),
  json: z.boolean().default(false),
});
type Options = z.infer<typeof optionsSchema>;

/** `promote freeze`: declares, lists and lifts spans in which nothing moves. */
export function addFreeze(program: PromoteCommand, context: CommandContext): void {
  const { terminal, clock } = context;
  program
    .command('freeze')
    .description(
      'Declares, lists or lifts a span in which nothing but rollbacks is promoted, beside the freezes of the rules.',
    )
    .example(
      'freeze year-end --from 2026-12-20T18:00 --to 2027-01-04T08:00 --env prod --reason "nobody is there"',
      'nothing moves into prod over the holidays',
    )
    .example('freeze year-end --lift', 'end it before its time; freeze --list shows those that are declared')
    .argument('[name]', 'what it is called')
    .option('--from <moment>', 'when it begins (default: now)', (text: string) => plannedInstant(text, clock.now()))
    .option('--to <moment>', 'when it ends: 2h, 18:00, 2026-12-20T18:00', (text: string) =>
      plannedInstant(text, clock.now()),
    )
    .option('--env <environment>', 'only this environment (default: every one)', someText)
    .option('--application <name>', 'only this application (default: every one)', someText)
    .option('--reason <text>', 'why, for whoever has to wait', someText)
    .option('--also-hotfix', 'stop the hotfix lane too')
    .option('--list', 'show those that are declared and not over')
    .option('--lift', 'end it before its time')
    .speaksFor()
    .json(
      'The freeze, or with `--list` `{ "freezes": [ { "id", "name", "application", "environment", "reason", "from", "to", "exceptHotfix", "declaredBy", "declaredAt" } ] }`; `*` is every one.',
    )
    .runs(optionsSchema, (options, name) => {
      const request = requestOf(options, name, clock.now());
      // Only a freeze that is declared may be the first thing that there is.
      const opening = request.kind === 'declare' ? withSession : withInstallation;
      return opening(context, options, async (session) => {
        const freezes = await carryOut(session, request);
        if (options.json) writeJson(terminal, request.kind === 'list' ? { freezes } : freezes[0]);
        else terminal.write(`${linesOf(request, freezes, context).join('\n')}\n`);
        return exitCodes.ok;
      });
    });
}

type Request =
  | { readonly kind: 'list' }
  | { readonly kind: 'lift'; readonly name: string }
  | {
      readonly kind: 'declare';
      readonly name: string;
      readonly to: Date;
      readonly reason: string;
      readonly options: Options;
    };

/** @throws UsageError */
function requestOf(options: Options, name: string | undefined, now: Date): Request {
  const { from = now, to, reason, list, lift } = options;
  if (list) {
    if (name !== undefined || lift) throw new UsageError('--list shows every declared freeze; leave the rest out');
    return { kind: 'list' };
  }
  if (name === undefined) throw new UsageError('name the freeze, or give --list to see those that are declared');
  if (lift) return { kind: 'lift', name };
  if (to === undefined || reason === undefined) {
    throw new UsageError('say when it ends and why, with --to and --reason; or --lift to end it');
  }
  // Said first: a date that is over may be right, and in the wrong place.
  if (options.from !== undefined && to <= from) {
    throw new UsageError(
      `--to ${instantText(to)} is not after --from ${instantText(from)}; --from says when it begins, --to when it ends`,
    );
  }
  if (to <= now) throw new UsageError(`--to ${instantText(to)} is over already`);
  return { kind: 'declare', name, to, reason, options };
}

async function carryOut(session: Session, request: Request): Promise<readonly DeclaredFreeze[]> {
  const { service, actor } = session;
  switch (request.kind) {
    case 'list':
      return service.freezes(actor);
    case 'lift': {
      const lifted = await service.liftFreeze(actor, request.name);
      await session.tick();
      return [lifted];
    }
    case 'declare': {
      const { name, to, reason, options } = request;
      const { from, env: environment, application, alsoHotfix } = options;
      return [
        await service.declareFreeze(actor, {
          name,
          application,
          environment,
          reason,
          from,
          to,
          exceptHotfix: !alsoHotfix,
        }),
      ];
    }
  }
}

function linesOf(
  request: Request,
  freezes: readonly DeclaredFreeze[],
  { terminal, clock, invocation }: CommandContext,
): readonly string[] {
  const { paint } = terminal;
  switch (request.kind) {
    case 'list':
      if (freezes.length === 0)
        return ['No freeze is declared. Those of the rules: promote rules explain --to <environment>.'];
      return freezeLines(freezes, clock.now(), paint);
    case 'lift':
      return [`${paint.green('✔')} ${printable(request.name)} is lifted; what waited for its end goes on by itself.`];
    case 'declare':
      return [
        ...freezeLines(freezes, clock.now(), paint),
        `Next:  ${invocation} freeze ${printable(request.name)} --lift     (ends it before its time)`,
      ];
  }
}
