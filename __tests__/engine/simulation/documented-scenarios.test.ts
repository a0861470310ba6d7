import { readFile } from 'node:fs/promises';
import { readRulesDocument } from '../../../engine/rules/rules-document.ts';
import { judgeScenarios } from '../../../engine/simulation/read-scenarios.ts';

describe('docs/rules.md', () => {
  it('shows a file of scenarios as they are read, and every word of its tables is one', async () => {
    const text = await readFile(new URL('../../../docs/rules.md', import.meta.url), 'utf8');
    const blocks = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, block = '']) => block);
    const [scenarios = ''] = blocks.filter((block) => block.includes('scenarios:'));
    const judged = judgeScenarios(readRulesDocument(scenarios, 'docs/rules.md'));
    expect(judged.ok ? [] : judged.problems).toEqual([]);
    const schema = await readFile(new URL('../../../engine/simulation/scenarios.schema.json', import.meta.url), 'utf8');
    const tables = text.split('\n').filter((line) => line.startsWith('| `'));
    const words = tables.flatMap((line) =>
      [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, word]) => word),
    );
    expect(words.filter((word) => !schema.includes(`"${word ?? ''}": {`))).toEqual([]);
    expect(words.length).toBeGreaterThan(20);
  });
});
