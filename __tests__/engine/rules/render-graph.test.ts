import { parseRules } from '../../../engine/rules/parse-rules.ts';
import { renderGraph } from '../../../engine/rules/render-graph.ts';
import { pipelineText } from './rules-text.ts';

function drawn(text: string): readonly string[] {
  const parsed = parseRules(text, 'f');
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return renderGraph(parsed.rules).split('\n');
}

describe('the graph as text', () => {
  it('draws each path once, with what it demands below it', () => {
    expect(drawn(pipelineText)).toEqual([
      'dev',
      '└─▶ qa',
      '    │ gates       tests unit: all passed',
      '    │             coverage ≥ 70 %',
      '    ├─▶ uat1',
      '    │   │ gates       tests unit: all passed',
      '    │   │             coverage ≥ 70 %',
      '    │   └─▶ staging (stage)',
      '    │       │ after       verified in every source',
      '    │       │ gates       tests unit: all passed',
      '    │       │             coverage ≥ 70 %',
      '    │       └─▶ live (prod, production)',
      '    │             soak        24 h verified in staging',
      '    │             gates       coverage ≥ 85 %',
      '    │             approvals   CAB × 2 (role cab; within 24 h)',
      '    └─▶ uat2',
      '        │ gates       tests unit: all passed',
      '        │             coverage ≥ 70 %',
      '        └─▶ staging (stage) ↑',
      '              after       verified in 1 of uat1, uat2',
      '              gates       tests unit: all passed',
      '                          coverage ≥ 70 %',
    ]);
  });

  it('shows an environment that no path touches', () => {
    const text = pipelineText.replace('defaults:', '  - { name: lab, targets: *targets }\ndefaults:');
    expect(drawn(text).at(-1)).toBe('lab');
  });

  it('says of a path that it has no gate, instead of nothing', () => {
    const text = pipelineText.replace(
      '{ from: dev, to: qa }',
      '{ from: dev, to: qa, gates: { tests: false, coverage: false } }',
    );
    expect(drawn(text)[2]).toBe('    │ gates       none');
  });

  it('shows windows, checklist, canary and bake, with the stages in their order', () => {
    const text = pipelineText
      .replace(
        'soakSeconds: 24h',
        `bakeSeconds: 30m
    canary: { enabled: true, durationSeconds: 90 }
    checklist: [{ item: enough is covered, gate: coverage }, { item: told the customers }]
    windows:
      - { kind: weekly, days: [friday, monday, tuesday], from: '22:00', to: '04:00', timeZone: UTC }
      - { kind: once, from: 2026-12-20T18:00:00+01:00, to: 2026-12-20T19:00:00+01:00 }`,
      )
      .concat('        - { name: QA, people: [quinn@shop.example], timeoutSeconds: 7d }\n');
    expect(
      drawn(text)
        .slice(12, 20)
        .map((line) => line.slice(18)),
    ).toEqual([
      'gates       coverage ≥ 85 %',
      'approvals   CAB × 2 (role cab; within 24 h)',
      '            QA × 1 (quinn@shop.example; within 7 d)',
      'checklist   2 items, 1 ticked by gates',
      'windows     monday, tuesday, friday 22:00–04:00 UTC',
      '            2026-12-20T18:00:00+01:00 to 2026-12-20T19:00:00+01:00',
      'canary      10 % for 90 s, ≥ 99 % well of ≥ 20 requests',
      'bake        watched for 30 min after verification',
    ]);
  });
});
