import { readFile } from 'node:fs/promises';
import { parse, stringify } from 'yaml';
import { parseRules } from '../../../engine/rules/parse-rules.ts';
import { requirementSchema } from '../../../engine/rules/requirement-schema.ts';
import { pipelineText } from './rules-text.ts';

type Tree = Readonly<Record<string, unknown>>;

const people = 'roles: [{ name: sre }, { name: qa }, { name: cab }]\n';
const channels = 'notifications: { channels: [{ kind: file, name: on-call, path: on-call.jsonl }] }\n';
const base = parse(`${pipelineText}${people}${channels}`) as Tree;
const ofRequirements = new Set(Object.keys(requirementSchema.shape));

/** The pipeline with what a page shows: what a requirement consists of stands in its defaults. */
function withBlock(block: Tree): string {
  const entries = Object.entries(block);
  const defaults = entries.filter(([key]) => ofRequirements.has(key));
  const others = entries.filter(([key]) => !ofRequirements.has(key));
  return stringify({
    ...base,
    ...Object.fromEntries(others),
    defaults: { ...(base['defaults'] as Tree), ...Object.fromEntries(defaults) },
    roles: [
      ...(base['roles'] as readonly unknown[]),
      ...((block['roles'] ?? []) as { readonly name: string }[]),
    ].filter((role, index, all) => all.findLastIndex((other) => nameOf(other) === nameOf(role)) === index),
  });
}

const nameOf = (role: unknown): unknown => (role as { readonly name?: unknown }).name;

async function blocksOf(page: string): Promise<readonly Tree[]> {
  const text = await readFile(new URL(`../../../docs/${page}.md`, import.meta.url), 'utf8');
  return [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block = '']) => parse(block) as Tree);
}

describe('what a page shows of the rules', () => {
  it.each(['audit', 'evidence', 'notifications', 'people', 'rollback', 'schedule'])(
    'is accepted as docs/%s.md has it',
    async (page) => {
      const blocks = await blocksOf(page);
      expect(blocks).not.toEqual([]);
      for (const block of blocks) {
        const parsed = parseRules(withBlock(block), `docs/${page}.md`);
        expect(parsed.ok ? [] : parsed.problems.map(({ message }) => message)).toEqual([]);
      }
    },
  );
});
