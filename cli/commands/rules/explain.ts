import { z } from 'zod';
import { instantText, RefusedError } from '../../../engine/promotion-service.ts';
import { explainPath, type PathExplanation } from '../../../engine/rules/explain-path.ts';
import { PathGraph } from '../../../engine/rules/path-graph.ts';
import type { RulesOrigin } from '../../../engine/rules/rules-origin.ts';
import type { Rules } from '../../../engine/rules/schema.ts';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { explanationJson } from '../../json/rules-json.ts';
import { writeJson } from '../../json/write-json.ts';
import { plannedInstant } from '../../option-instants.ts';
import { someText } from '../../option-values.ts';
import { printable } from '../../printable.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { table } from '../../render/table.ts';
import type { Paint } from '../../terminal.ts';
import { UsageError } from '../../usage-error.ts';

const optionsSchema = z.object({
  to: z.string(),
  from: z.string().optional(),
  application: z.string().optional(),
  at: z.date().optional(),
  json: z.boolean().default(false),
});
type Options = z.infer<typeof optionsSchema>;

/** How the rules file of this command is found, and how it is refused when it is wrong. */
export interface RulesLoading {
  readonly fileHelp: string;
  /** @returns the exit code when they are wrong, which has been told. */
  load(
    word: string | undefined,
    isJson: boolean,
  ): Promise<
    | {
        readonly file: string;
        /** What is shown first: which file it is, unless that was named. */
        readonly lines: readonly string[];
        readonly rules: Rules;
        readonly origin: RulesOrigin;
      }
    | number
  >;
}

/** `promote rules explain`: what a path demands, and which lines say so. */
export function addExplain(group: PromoteCommand, context: CommandContext, loading: RulesLoading): void {
  const { terminal, clock } = context;
  group
    .command('explain')
    .description(
      'Says in words what a path demands, with the line that each setting comes from, and whether the rules have it open at a moment.',
    )
    .example('rules explain --from staging --to production', 'what it demands, and whether it is open now')
    .example('rules explain --to production --application shop --at 2026-12-24T12:00', 'whether it is open then')
    .argument('[file]', loading.fileHelp)
    .needs('--to <environment>', 'where the path leads, by name or alias', someText)
    .option('--from <environment>', 'where it begins (default: the only way)', someText)
    .option('--application <name>', 'for whom (default: the only one)', someText)
    .option('--at <moment>', 'when: 2h, 18:00, 2026-12-20T18:00 (default: now)', (text: string) =>
      plannedInstant(text, clock.now()),
    )
    .json(
      '`{ "file", "from", "to", "application", "settings": [ { "subject", "words", "lines", "places": [ { "file", "line" } ] } ], "at", "isOpen", "changesAt", "reason" }`; no `places`: a built-in default; `lines` are those of the file itself.',
    )
    .runs(optionsSchema, async (options, word) => {
      const loaded = await loading.load(word, options.json);
      if (typeof loaded === 'number') return loaded;
      const { file, lines, rules, origin } = loaded;
      const { path, application } = chosen(rules, options);
      const explanation = explainPath(rules, origin, path, application, options.at ?? clock.now());
      if (options.json) writeJson(terminal, explanationWithLines(explanation, file));
      else terminal.write(`${[...lines, ...explanationLines(explanation, terminal.paint)].join('\n')}\n`);
      return exitCodes.ok;
    });
}

/** @throws UsageError when it is not clear which path or application is meant */
function chosen(rules: Rules, { from, to, application }: Options) {
  const graph = new PathGraph(rules);
  const sources = graph.sourcesOf(to);
  const [only] = sources;
  if (from === undefined && sources.length > 1) {
    throw new UsageError(`${to} can be reached from ${sources.join(', ')}; say which with --from`);
  }
  const verdict = graph.checkMove(from ?? only ?? to, to);
  if (!verdict.ok) throw new RefusedError(verdict.reason, true);
  const known = rules.applications.map(({ name }) => name);
  const [first = ''] = known;
  if (application === undefined && known.length > 1) {
    throw new UsageError(`the rules name ${String(known.length)} applications; say which with --application`);
  }
  if (application !== undefined && !known.includes(application)) {
    throw new UsageError(`the rules name no application ${application}`);
  }
  return { path: verdict.path, application: application ?? first };
}

/** `lines` are those of the file itself; `places` those of every file that it extends, too. */
function explanationWithLines(explanation: PathExplanation, file: string) {
  const { settings, ...rest } = explanationJson(explanation);
  return {
    file,
    ...rest,
    settings: settings.map((setting) => ({
      ...setting,
      lines: setting.places.filter((place) => place.file === file).map(({ line }) => line),
    })),
  };
}

function explanationLines(explanation: PathExplanation, paint: Paint): readonly string[] {
  const { from, to, application, settings, at, isOpen, changesAt, reason } = explanation;
  const rows = settings.map(({ subject, words, places }) => [
    { text: subject, paint: paint.dim },
    printable(words),
    {
      text:
        places.length === 0
          ? 'built in'
          : places.map(({ file, line }) => `${printable(file)}:${String(line)}`).join(', '),
      paint: paint.dim,
    },
  ]);
  const when =
    changesAt === undefined ? '' : isOpen ? ` until ${instantText(changesAt)}` : `; opens ${instantText(changesAt)}`;
  const state = isOpen ? paint.green(`open${when}`) : paint.yellow(`closed${when}: ${printable(reason ?? '')}`);
  return [
    paint.bold(`${printable(application)}  ${printable(from)} → ${printable(to)}`),
    ...table(rows, '  '),
    '',
    `At ${instantText(at)} the rules have it ${state}.`,
    'What people hold and freeze beside the rules: promote status, promote freeze --list.',
  ];
}
