import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** A block of code that a guide prints. */
export interface CodeBlock {
  /** `seed 1`, … */
  readonly seed: string;
  /** On which line of the guide it begins. */
  readonly line: number;
  readonly language: 'bash' | 'yaml';
  readonly text: string;
}

/** Programs of other people, whose lines wait for outside services. */
const outsidePrograms = ['kubectl', 'kustomize', 'docker', 'argocd', 'aws', 'gh', 'terraform'];
const header = /^## .*\((seed \d)\)$/;
const place = /^<!-- line (\d+) -->$/;
const fence = /^```(bash|yaml)?$/;

export function codeBlocks(): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let seed = '';
  let line = 0;
  let open: { language: CodeBlock['language']; text: string[] } | undefined;
  for (const each of readFileSync(join(import.meta.dirname, 'code-blocks.md'), 'utf8').split('\n')) {
    const fenced = fence.exec(each);
    if (open !== undefined && fenced !== null) {
      blocks.push({ seed, line, language: open.language, text: `${open.text.join('\n')}\n` });
      open = undefined;
    } else if (open !== undefined) open.text.push(each);
    else if (fenced !== null) open = { language: fenced[1] === 'yaml' ? 'yaml' : 'bash', text: [] };
    else {
      seed = header.exec(each)?.[1] ?? seed;
      line = Number(place.exec(each)?.[1] ?? line);
    }
  }
  return blocks;
}

const jobSchema = z.array(z.looseObject({ run: z.string() }));

/** What a block has a person, or a job of CI, type: comments left out, lines that go on joined. */
export function commandsOf({ language, text }: CodeBlock): readonly string[] {
  if (language === 'yaml') return jobSchema.parse(parse(text)).map(({ run }) => run);
  return text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

/** Whether a block sets variables and runs nothing. */
export function setsVariables(block: CodeBlock): boolean {
  return commandsOf(block).every((command) => /^[A-Z_]+=/.test(command) && !command.includes('./scripts/'));
}

/** Whether a command is that of a program that waits for outside services, or prepares one. */
export function isOutside(command: string): boolean {
  const words = command.replace(/^[A-Z_]+=\$\(/, '').split(/\s+/);
  return outsidePrograms.includes(words[0] ?? '') || command.startsWith('cd k8s/overlays/');
}

/** Every command of the guides that is this project's to carry out, as it is printed, each once. */
export function printedCommands(): readonly string[] {
  const all = codeBlocks().flatMap((block) => commandsOf(block));
  return [...new Set(all.filter((command) => !isOutside(command)))];
}

/** Makes sure that a guide really prints it. @throws when none does */
export function printed(command: string): string {
  if (printedCommands().includes(command)) return command;
  throw new Error(`no guide prints ${JSON.stringify(command)}`);
}
