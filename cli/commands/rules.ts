import { z } from 'zod';
import { checkExtendedRules } from '../../engine/rules/check-extended-rules.ts';
import type { ExtendsOptions } from '../../engine/rules/follow-extends.ts';
import { loadRules } from '../../engine/rules/load-rules.ts';
import { renderGraph } from '../../engine/rules/render-graph.ts';
import { renderProblems } from '../../engine/rules/render-problems.ts';
import { ruleWarnings, type RuleWarning } from '../../engine/rules/rule-warnings.ts';
import { SettingPlaces } from '../../engine/rules/setting-places.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { graphJson, problemsJson } from '../json/rules-json.ts';
import { writeJson } from '../json/write-json.ts';
import { printable, printableLines } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import type { Paint } from '../terminal.ts';
import { readInput } from '../read-input.ts';
import { readTexts } from '../read-texts.ts';
import { extendsOptions } from '../rules-folders.ts';
import { addExplain, type RulesLoading } from './rules/explain.ts';
import { addTest } from './rules/test.ts';

const optionsSchema = z.object({ json: z.boolean().default(false) });
type Loaded = Awaited<ReturnType<typeof loadRules>>;
type Problems = Extract<Loaded, { ok: false }>['problems'];

const defaultFile = 'promotion/promotion-rules.yaml';
const fileHelp = `the rules file, or - for standard input (default: PROMOTE_RULES, else those of local mode here, else ${defaultFile})`;

/** `promote rules`: everything about the rules file; only a replay needs the database. */
export function addRules(program: PromoteCommand, context: CommandContext): void {
  const group = program
    .command('rules')
    .description('Checks and shows the promotion rules.')
    .example('rules check', 'say everything that is wrong with the rules')
    .example('rules graph', 'show the paths between environments');
  group
    .command('check')
    .description('Says everything that is wrong with a rules file, each at its line; exit code 2 when anything is.')
    .example('rules check', 'check the rules of this folder')
    .example('rules check - < promotion-rules.yaml', 'check what another program writes')
    .argument('[file]', fileHelp)
    .json(
      '`{ "file", "ok", "problems": [ { "file", "line", "column", "path", "expected", "found", "suggestion", "message" } ], "warnings": [ { "file", "line", "message" } ], "extends": [ <files> ] }`; warnings are about what is right and refused or without effect all the same.',
    )
    .runs(optionsSchema, async ({ json }, word) => {
      const { file, options } = await rulesSource(context, word);
      const loaded = await loadRules(file, options);
      if (loaded.ok) {
        const { environments, paths, applications } = loaded.rules;
        const counts = [
          count(applications.length, 'application'),
          count(environments.length, 'environment'),
          count(paths.length, 'path'),
        ];
        return accept(context, loaded.origin.files, counts.join(', '), json, ruleWarnings(loaded.rules, loaded.origin));
      }
      const extended = await checkExtendedRules(file, options);
      if (extended === undefined) return refuse(context, file, loaded.problems, json, options.text);
      if (!extended.ok) return refuse(context, file, extended.problems, json, options.text);
      const counts = `${count(extended.mandatoryGates, 'mandatory gate')}, ${count(extended.freezes, 'freeze')}`;
      return accept(context, extended.files, `for other files to extend: ${counts}`, json);
    });
  group
    .command('graph')
    .description(
      'Draws the paths of a rules file with what each of them demands: gates with their thresholds, approvals, checklist, soak, windows, bake.',
    )
    .example('rules graph', 'the rules of this folder')
    .example('rules graph examples/shop/promotion-rules.yaml', 'of another file')
    .argument('[file]', fileHelp)
    .json(
      '`{ "file", "environments": [ { "name", "aliases" } ], "paths": [ { "from", "to", "after", "soakSeconds", "gates": [ { "gate", "settings" } ], "approvals", "checklist": { "items", "tickedByGates" }, "windows", "canary", "bakeSeconds", "places": [ { "setting", "file", "line" } ] } ] }`; `places` say where each demand comes from.',
    )
    .runs(optionsSchema, async ({ json }, word) => {
      const { file, options } = await rulesSource(context, word);
      const loaded = await loadRules(file, options);
      if (!loaded.ok) return refuse(context, file, loaded.problems, json, options.text);
      const { rules, origin } = loaded;
      const places = new SettingPlaces(rules, origin);
      if (json) writeJson(context.terminal, graphJson(file, rules, places));
      else {
        const lines = [...fileLines(word, file, context.terminal.paint), ...printableLines(renderGraph(rules, places))];
        context.terminal.write(`${lines.join('\n')}\n`);
      }
      return exitCodes.ok;
    });
  const loading: RulesLoading = {
    fileHelp,
    async load(word, isJson) {
      const { file, options } = await rulesSource(context, word);
      const loaded = await loadRules(file, options);
      return loaded.ok
        ? { file, lines: fileLines(word, file, context.terminal.paint), ...loaded }
        : refuse(context, file, loaded.problems, isJson, options.text);
    },
  };
  addExplain(group, context, loading);
  addTest(group, context, loading);
}

/** As the other commands find them: what is judged here is what promotions go by. */
async function rulesFile(context: CommandContext, word: string | undefined): Promise<string> {
  const fromEnvironment = context.environment['PROMOTE_RULES'];
  if (word !== undefined) return word;
  if (fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment;
  return (await context.installedRules()) ?? defaultFile;
}

/** Whoever named no file is told which one it is. */
function fileLines(word: string | undefined, file: string, { dim }: Paint): readonly string[] {
  return word === undefined ? [dim(printable(file)), ''] : [];
}

/** The rules that a word means: those of a file, or of standard input for `-`. */
async function rulesSource(
  context: CommandContext,
  word: string | undefined,
): Promise<{ readonly file: string; readonly options: ExtendsOptions }> {
  const options = extendsOptions(context.environment);
  if (word === '-') return { file: '-', options: { ...options, text: await readInput('-') } };
  return { file: await rulesFile(context, word), options };
}

function accept(
  context: CommandContext,
  files: readonly string[],
  words: string,
  isJson: boolean,
  warnings: readonly RuleWarning[] = [],
): number {
  const { terminal } = context;
  const [file = '', ...extended] = files;
  if (isJson) {
    writeJson(terminal, { file, ok: true, problems: [], warnings, extends: extended });
    return exitCodes.ok;
  }
  for (const { file: where, line, message } of warnings) {
    const place = `${where}:${String(line)}`;
    terminal.writeError(`${terminal.paint.yellow('!')} ${printable(place)}  ${printable(message)}\n`);
  }
  const chain = extended.length === 0 ? '' : `; extends ${printable(extended.join(', which extends '))}`;
  terminal.write(`${terminal.paint.green('✔')} ${printable(file)}  ${words}${chain}\n`);
  return exitCodes.ok;
}

/** @param text of the file itself, where it is in none. */
async function refuse(
  context: CommandContext,
  file: string,
  problems: Problems,
  isJson: boolean,
  text?: string,
): Promise<number> {
  const { terminal } = context;
  if (isJson) {
    writeJson(terminal, { file, ok: false, problems: problemsJson(problems), warnings: [], extends: [] });
    return exitCodes.usage;
  }
  const texts = await readTexts(problems);
  const rendered = renderProblems(problems, text === undefined ? texts : new Map([...texts, [file, text]]));
  const total = problems.length === 1 ? '1 problem' : `${String(problems.length)} problems`;
  terminal.writeError(
    `${printableLines(rendered).join('\n')}\n\n${terminal.paint.red('✖')} ${printable(file)}  ${total}\n`,
  );
  return exitCodes.usage;
}

function count(things: number, one: string): string {
  return `${String(things)} ${one}${things === 1 ? '' : 's'}`;
}
