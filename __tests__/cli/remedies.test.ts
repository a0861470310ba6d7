import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { buildProgram } from '../../cli/program.ts';
import type { PromoteCommand } from '../../cli/promote-command.ts';
import { remedyFor } from '../../cli/render/check-remedies.ts';
import { gateNames } from '../../engine/rules/gate-schema.ts';
import { silentContext } from './support/silent-context.ts';

const root = join(import.meta.dirname, '../..');
const program = buildProgram(
  silentContext(() => undefined),
  () => undefined,
);

/** What stands in a text for something that is known only when it is said. */
const filledIn = 'x';

/** Every text of a source file, what is filled in replaced; comments are none. */
function textsIn(source: string): readonly string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) texts.push(node.text);
    else if (ts.isTemplateExpression(node)) {
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => filledIn + literal.text)].join(''));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true));
  return texts;
}

async function sourceTexts(): Promise<readonly (readonly [file: string, text: string])[]> {
  const found: (readonly [string, string])[] = [];
  for (const folder of ['cli', 'engine', 'functions', 'scripts']) {
    for (const entry of await readdir(join(root, folder), { recursive: true })) {
      if (!entry.endsWith('.ts')) continue;
      const source = await readFile(join(root, folder, entry), 'utf8');
      if (source.includes('promote '))
        found.push(...textsIn(source).map((text) => [`${folder}/${entry}`, text] as const));
    }
  }
  return found;
}

/** Words that follow `promote` where it is a verb and no command. */
const prose =
  /^(?:a|an|again|and|as|by|deliberately|first|follow|it|itself|new|nothing|or|out|something|the|there|through|to|what|whatever|without|once|with|more|x)$/;

/** The commands that a text tells to type, each as the words behind `promote`. */
function commandsIn(text: string): readonly (readonly string[])[] {
  // Behind `npm run promote --` stands the same program; looking ahead only, so that several in one text are found.
  return [...text.matchAll(/(?<![\w-]|run )promote +(?=(\S[^\n]*))/g)].flatMap(([, behind = '']) => {
    const words = wordsOf(behind);
    const [first = ''] = words;
    return prose.test(first.replaceAll(/[^a-z]/g, '')) || first === '' ? [] : [words];
  });
}

/** As a shell takes them, up to where the sentence goes on. */
function wordsOf(behind: string): readonly string[] {
  const words: string[] = [];
  for (const [word] of behind.matchAll(/"[^"]*"|<[^>]*>|\S+/g)) {
    const bare = word.replace(/[;,.:)`'’…]+$/, '').replace(/^[`'(]+/, '');
    if (bare !== '') words.push(bare);
    if (bare !== word && !word.startsWith('"') && !word.startsWith('<')) break;
  }
  return words;
}

/** Why these words are no command of this program; undefined: they are one. What follows it in the sentence is left out. */
function whyNot(words: readonly string[]): string | undefined {
  let command: PromoteCommand = program;
  let rest = words;
  while (command.below.length > 0) {
    const [name = '', ...more] = rest;
    const below = command.below.find((each) => each.name() === name || each.aliases().includes(name));
    // `promote rules` alone names a group, and says so.
    if (below === undefined) return command === program ? `there is no command promote ${name}` : undefined;
    [command, rest] = [below, more];
  }
  const typed: string[] = [];
  const places = command.registeredArguments;
  for (let index = 0; index < rest.length; index += 1) {
    const word = rest[index] ?? '';
    if (word.startsWith('--')) {
      const option = command.options.find(({ long }) => long === word);
      if (option === undefined) return `${command.fullName} has no ${word}`;
      typed.push(word);
      const value = rest[index + 1];
      if (option.required && (value === undefined || value.startsWith('--'))) return `${word} needs a value`;
      if (option.required) index += 1;
    } else if (
      isValue(word) &&
      (typed.filter((each) => !each.startsWith('--')).length < places.length || places.some(({ variadic }) => variadic))
    ) {
      typed.push(word);
    } else break;
  }
  const values = typed.filter((each) => !each.startsWith('--')).length;
  const needed = places.filter(({ required }) => required).length;
  if (values < needed) return `${command.fullName} needs ${places[values]?.name() ?? 'more'}`;
  const lacking = command.options.find(
    ({ mandatory, description, long }) =>
      (mandatory || description.endsWith('(required)')) && !typed.includes(long ?? ''),
  );
  return lacking === undefined ? undefined : `${command.fullName} needs ${lacking.long ?? ''}`;
}

/** What stands for an argument: a placeholder, what is filled in, or a name such as `shop`. */
function isValue(word: string): boolean {
  return /^<.*>$|^".*"$/.test(word) || word.includes(filledIn) || /^(?:shop|pr-[0-9a-f]+|v\d|\d+)$/.test(word);
}

describe('the commands that people are told to type', () => {
  it('exist, with the arguments and options that they are told with', async () => {
    const wrong = (await sourceTexts()).flatMap(([file, text]) =>
      commandsIn(text).flatMap((words) => {
        const why = whyNot(words);
        return why === undefined ? [] : [`${file}: promote ${words.join(' ')}: ${why}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it.each([...gateNames, 'soak', 'images', 'conditions', 'a-check-of-our-own', 'hotfix v2.1'])(
    'against a failed check are whole: %s',
    (name) => {
      const subject = { application: 'shop', release: 'v2', from: 'dev', to: 'staging' };
      for (const words of commandsIn(remedyFor(name, subject).replaceAll(/\b(?:dev|staging)\b/g, filledIn))) {
        expect([name, words, whyNot(words)]).toEqual([name, words, undefined]);
      }
    },
  );

  it('are looked at as they are typed', () => {
    expect(commandsIn('first promote lgos pr-1; then promote it again, or `promote rollback shop --env x`')).toEqual([
      ['lgos', 'pr-1'],
      ['rollback', 'shop', '--env', 'x'],
    ]);
    expect(whyNot(['lgos', 'pr-1'])).toBe('there is no command promote lgos');
    expect(whyNot(['logs'])).toBe('promote logs needs promotion');
    expect(whyNot(['status', '--env'])).toBe('--env needs a value');
    expect(whyNot(['hold', 'shop', '--env', 'x'])).toBe('promote hold needs --reason');
    expect(whyNot(['run', '--acknowlege', '"x"'])).toBe('promote run has no --acknowlege');
    expect(whyNot(['evidence', 'add', 'shop', '--release', 'v2', '--file', '<report>'])).toBeUndefined();
  });
});
