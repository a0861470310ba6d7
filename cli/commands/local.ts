import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { comingInstant } from '../option-instants.ts';
import { oneMore, someText, spanOfTime } from '../option-values.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { UsageError } from '../usage-error.ts';

const startSchema = z.object({
  rules: z.string().optional(),
  application: z.string().optional(),
  env: z.array(z.string()).default([]),
  json: z.boolean().default(false),
});

const clockSchema = z.object({
  advance: z.number().optional(),
  until: z.date().optional(),
  reason: z.string().optional(),
  json: z.boolean().default(false),
});

/** `promote local`: the whole of it on one machine, with nothing but Node. */
export function addLocal(program: PromoteCommand, context: CommandContext): void {
  const group = program
    .command('local')
    .description('Runs everything on this machine: a database, environments and a sample application.')
    .example('local start', 'bring it up and promote a first release')
    .example('local stop', 'stop what start left running');
  group
    .command('start')
    .description(
      'Brings up a database and environments on this machine with the sample application in them, and leaves it running.',
    )
    .example('local start', 'the same as npm start: what ran here last, else two environments and two promotions')
    .example('local start --rules examples/rules/quikapp.yaml --env uat1', 'the environments of other rules')
    .option(
      '--rules <file>',
      'bring up the local environments of these rules, and promote nothing (default: those that ran here last, else the sample’s)',
      someText,
    )
    .option('--application <name>', 'which application of the rules (default: the only one)', someText)
    .option(
      '--env <environment>',
      'start this one, or all; can be given several times (default: those of the first path)',
      oneMore,
    )
    .json('What happens, as JSON lines.')
    .runs(startSchema, ({ rules, application, env, json }) =>
      context.local.start({ context, isJson: json, rules, application, environments: env }),
    );
  group
    .command('bring')
    .description(
      'Builds a release of the sample application and deploys it where releases come in, as a team’s own pipeline does.',
    )
    .example('local bring v3', 'a release that is broken')
    .example('local bring v2 --json', 'the same, for a program')
    .argument('<release>', 'v1, v2 or v3')
    .json('What happens, as JSON lines.')
    .runs(z.object({ json: z.boolean().default(false) }), ({ json }, release = '') =>
      context.local.bring({ context, isJson: json, release }),
    );
  group
    .command('clock')
    .description(
      'Says what the time is in this installation, and moves it forward: for soaks, windows and undo windows that nobody wants to wait for.',
    )
    .example('local clock --advance 24h --reason "the soak of v2"', 'a day passes, watched step by step')
    .example('local clock --until 2026-12-01T22:00+01:00', 'until the maintenance window opens')
    .option('--advance <duration>', 'by how much, such as 90s, 30m or 24h', spanOfTime)
    .option('--until <moment>', 'to when: how long from now, a time or a date', (text: string) =>
      comingInstant(text, context.clock.now()),
    )
    .option('--reason <text>', 'why, for the audit trail', someText)
    .json('One object: `now`, `aheadSeconds`, and the promotions that are still `running` of what fell due on the way.')
    .runs(clockSchema, ({ advance, until, reason, json }) => {
      if (advance !== undefined && until !== undefined) throw new UsageError('give --advance or --until, not both');
      return context.local.clock({ context, isJson: json, advanceSeconds: advance, until, reason });
    });
  group
    .command('stop')
    .description('Stops everything that local start left running; data stays.')
    .example('local stop', 'the same as npm stop')
    .example('local stop && promote local start', 'begin again where it was')
    .json('One object: `folder`, and whether something `wasRunning` there.')
    .runs(z.object({ json: z.boolean().default(false) }), ({ json }) => context.local.stop({ context, isJson: json }));
  group
    .command('serve', { hidden: true })
    .description('Is the process behind local mode, in the foreground; local start starts it.')
    .example('local serve', 'until ctrl-C')
    .example('local serve &', 'in the background of this shell')
    .runs(z.object({}), () => context.local.serve());
}
