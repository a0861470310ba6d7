import { parseRules } from '../../../engine/rules/parse-rules.ts';
import { renderGraph } from '../../../engine/rules/render-graph.ts';
import { pipelineText } from './rules-text.ts';

function drawn(text: string): readonly string[] {
  const parsed = parseRules(text, 'f');
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return renderGraph(parsed.rules).split('\n');
}

describe('the graph as text', () => {
  it('draws each path once, with what it demands', () => {
    expect(drawn(pipelineText)).toEqual([
      'dev',
      '└─▶ qa',
      '    ├─▶ uat1',
      '    │   └─▶ staging (stage)   after all',
      '    │       └─▶ live (prod, production)   approval CAB × 2 · soak 24 h',
      '    └─▶ uat2',
      '        └─▶ staging (stage) ↑   after 1 of uat1, uat2',
    ]);
  });

  it('shows an environment that no path touches', () => {
    const text = pipelineText.replace('defaults:', '  - { name: lab, targets: *targets }\ndefaults:');
    expect(drawn(text).at(-1)).toBe('lab');
  });

  it('shows canary and windows', () => {
    const text = pipelineText.replace(
      'soakSeconds: 24h',
      "canary: { enabled: true, durationSeconds: 90 }\n    windows: [{ kind: weekly, from: '22:00', to: '04:00', timeZone: UTC }]",
    );
    expect(drawn(text)[4]).toContain('approval CAB × 2 · canary 10 % for 90 s · in windows only');
  });
});
