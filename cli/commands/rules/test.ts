import { z } from 'zod';
import type { RuleProblem } from '../../../engine/rules/problem.ts';
import { renderProblems } from '../../../engine/rules/render-problems.ts';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { problemsJson } from '../../json/rules-json.ts';
import { scenarioJson } from '../../json/rules-test-json.ts';
import { writeJson } from '../../json/write-json.ts';
import { pastInstant } from '../../option-instants.ts';
import { someText } from '../../option-values.ts';
import { printable, printableLines } from '../../printable.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { readTexts } from '../../read-texts.ts';
import { scenarioLines, scenarioSummary } from '../../render/rules-test-lines.ts';
import { extendsOptions } from '../../rules-folders.ts';
import { UsageError } from '../../usage-error.ts';
import type { RulesLoading } from './explain.ts';
import { replayStored } from './replay.ts';

const optionsSchema = z.object({
  rules: z.string().optional(),
  replay: z.string().optional(),
  application: z.string().optional(),
  since: z.date().optional(),
  json: z.boolean().default(false),
});
type Options = z.infer<typeof optionsSchema>;

/** What came of one file of scenarios. */
interface FileOutcome {
  readonly file: string;
  readonly rules: string | null;
  readonly problems: readonly RuleProblem[];
  readonly scenarios: readonly ReturnType<typeof scenarioJson>[];
}

/** `promote rules test`: what the rules do to promotions that are only told, over any time. */
export function addTest(group: PromoteCommand, context: CommandContext, loading: Pick<RulesLoading, 'load'>): void {
  group
    .command('test')
    .description(
      'Runs scenarios through the engine on a virtual clock, or judges every stored promotion by other rules as things stood then, and writes nothing; exit code 1 when one is not as expected, or would have been decided otherwise.',
    )
    .example('rules test examples/rules/quikapp.test.yaml', 'a year of rules in seconds')
    .example('rules test --replay proposed.yaml --since 90d', 'what these rules would have decided otherwise')
    .argument('[files...]', 'files of scenarios, *.test.yaml')
    .option('--rules <file>', 'the rules file (default: the one that the scenarios name)', someText)
    .option('--replay <file>', 'the rules file by which stored promotions are judged, instead of scenarios', someText)
    .option('--application <name>', 'with --replay: only of this application', someText)
    .option('--since <moment>', 'with --replay: only those asked for after: 90d, 2026-11-26', (text: string) =>
      pastInstant(text, context.clock.now()),
    )
    .json(
      '`{ "ok", "passed", "failed", "files": [ { "file", "rules", "problems", "scenarios": [ { "name", "line", "ok", "from", "to", "steps", "failures": [ { "line", "column", "what", "expected", "got", "why" } ] } ] } ] }`; with `--replay`: `{ "file", "ok", "counts": { "asBefore", "refused", "waiting", "letThrough", "unknown" }, "otherwise": [ { "id", "application", "release", "from", "to", "requestedBy", "requestedAt", "isDryRun", "would", "then", "now" } ], "unknown": [ … ] }`, newest first; `then` and `now` are decisions: `{ "kind": "let-through", "at" }`, `{ "kind": "refused", "at", "by", "reasons" }`, `{ "kind": "waiting", "reason", "detail", "until" }`, `{ "kind": "stopped", "step", "detail" }` or `{ "kind": "unknown", "missing" }`.',
    )
    .runs(optionsSchema, async (options, ...words) => {
      const files = words.filter((word) => word !== undefined);
      const { replay, application, since, rules, json } = options;
      if (replay !== undefined) {
        if (files.length > 0) throw new UsageError('--replay judges what is stored; leave the files of scenarios out');
        if (rules !== undefined) throw new UsageError('--replay names the rules itself; leave --rules out');
        return replayStored(context, { replay, application, since, json }, loading);
      }
      if (application !== undefined || since !== undefined) {
        throw new UsageError('--application and --since go with --replay <file>');
      }
      if (files.length === 0) throw new UsageError('name a file of scenarios, such as rules.test.yaml');
      return runFiles(context, files, options);
    });
}

async function runFiles(context: CommandContext, files: readonly string[], options: Options): Promise<number> {
  const { terminal } = context;
  const outcomes: FileOutcome[] = [];
  for (const file of files) outcomes.push(await runFile(context, file, options));
  const scenarios = outcomes.flatMap((outcome) => outcome.scenarios);
  const failed = scenarios.filter(({ ok }) => !ok).length;
  const passed = scenarios.length - failed;
  const isRefused = outcomes.some(({ problems }) => problems.length > 0);
  if (options.json) {
    const shown = outcomes.map((outcome) => ({ ...outcome, problems: problemsJson(outcome.problems) }));
    writeJson(terminal, { ok: failed === 0 && !isRefused, passed, failed, files: shown });
  } else if (scenarios.length > 0) terminal.write(`\n${scenarioSummary(passed, failed, terminal.paint)}\n`);
  if (isRefused) return exitCodes.usage;
  return failed === 0 ? exitCodes.ok : exitCodes.failed;
}

async function runFile(context: CommandContext, file: string, { rules, json }: Options): Promise<FileOutcome> {
  const { terminal, environment } = context;
  const run = await context.rulesTests.prepare({ file, rules, extending: extendsOptions(environment) });
  if (!run.ok) {
    if (!json) {
      const rendered = renderProblems(run.problems, await readTexts(run.problems));
      terminal.writeError(`${printableLines(rendered).join('\n')}\n`);
    }
    return { file, rules: rules ?? null, problems: run.problems, scenarios: [] };
  }
  if (!json) terminal.write(`${printable(file)}  ${terminal.paint.dim(`rules ${printable(run.rules)}`)}\n`);
  const scenarios: ReturnType<typeof scenarioJson>[] = [];
  let began = performance.now();
  for await (const result of run.results) {
    const tookMs = performance.now() - began;
    scenarios.push(scenarioJson(result));
    if (!json) terminal.write(`${scenarioLines(result, file, tookMs, terminal.paint).join('\n')}\n`);
    began = performance.now();
  }
  return { file, rules: run.rules, problems: [], scenarios };
}
