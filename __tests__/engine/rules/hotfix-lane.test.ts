import { laneMove, sourcesOfLane } from '../../../engine/rules/hotfix-lane.ts';
import { parseRules } from '../../../engine/rules/parse-rules.ts';
import type { Rules } from '../../../engine/rules/schema.ts';

const place = (name: string): string => `
  - name: ${name}
    targets:
      deployment: { kind: local }
      registry: registries/<env>
      configuration: { repository: configuration }`;

/** dev → qa → uat1, uat2 → staging → canary → live. */
function rules(more = 'setAside: [load], mergeBackTo: develop', entry = 'staging'): Rules {
  const text = `version: 1
applications: [{ name: shop, services: [{ name: api }] }]
environments:${['dev', 'qa', 'uat1', 'uat2', 'staging', 'canary', 'live'].map(place).join('')}
paths:
  - { from: dev, to: qa }
  - { from: qa, to: uat1 }
  - { from: qa, to: uat2 }
  - from: uat1
    to: staging
    soakSeconds: 1h
    gates: { load: {}, coverage: {} }
    checklist: [{ item: Signed off }, { item: Told, phase: after }, { item: Loaded, phase: after, gate: load }]
    approvals: { stages: [{ name: UAT, roles: [uat] }], automaticWhenGatesPass: true, mayAutoApprove: [uat] }
  - { from: uat2, to: staging, soakSeconds: 2h }
  - { from: staging, to: canary, soakSeconds: 24h }
  - { from: canary, to: live, after: { atLeast: 2, of: [uat1, canary] } }
hotfix:
  { entry: ${entry}, verifySeconds: 30m, approvals: [{ name: CAB emergency, roles: [cab] }], ${more} }
`;
  const parsed = parseRules(text, 'rules.yaml');
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return parsed.rules;
}

function move(from: string | undefined, to: string, of = rules()) {
  const { hotfix } = of;
  if (hotfix === undefined) throw new Error('there is no lane');
  return laneMove(of, hotfix, from, to);
}

describe('entering the hotfix lane', () => {
  it('is possible at its entry from wherever releases come in, past the environments between', () => {
    expect(move(undefined, 'staging')).toMatchObject({
      ok: true,
      isEntry: true,
      skipped: ['qa', 'uat1'],
      path: { from: 'dev', to: 'staging' },
      instead: { from: 'uat1', to: 'staging' },
    });
    expect(sourcesOfLane(rules(), 'staging')).toEqual(['dev']);
  });

  it('is possible from any environment before it, on its own path where there is one', () => {
    expect(move('qa', 'staging')).toMatchObject({ ok: true, isEntry: true, skipped: ['uat1'] });
    expect(move('uat2', 'staging')).toMatchObject({ isEntry: true, skipped: [], instead: { from: 'uat2' } });
  });

  it.each([
    ['earlier', undefined, 'qa', 'the hotfix lane enters at staging, and qa is not behind it'],
    ['later', 'dev', 'live', 'the hotfix lane may be entered at staging, nowhere later'],
    ['later, from just before', 'uat1', 'canary', 'the hotfix lane may be entered at staging, nowhere later'],
    ['backward', 'live', 'staging', 'live → staging goes backward'],
    ['from itself', 'staging', 'staging', 'would move nothing'],
    ['past the environments behind it', 'staging', 'live', 'staging → live skips canary'],
  ])('is refused %s', (_, from, to, reason) => {
    expect(move(from, to)).toEqual({ ok: false, reason: expect.stringContaining(reason) as string });
  });

  it('asks where it comes from when releases come in at several places', () => {
    const of = rules();
    const two = { ...of, paths: of.paths.filter(({ from, to }) => !(from === 'qa' && to === 'uat2')) };
    expect(move(undefined, 'staging', two)).toEqual({
      ok: false,
      reason: 'staging can be entered from several environments; say which with --from',
      candidates: ['dev', 'uat2'],
    });
    expect(move('uat2', 'staging', two)).toMatchObject({ ok: true, isEntry: true });
  });

  it('is not a move where releases come in at the entry itself; the lane begins behind it', () => {
    const of = rules('', 'dev');
    expect(move(undefined, 'dev', of)).toEqual({
      ok: false,
      reason: expect.stringContaining('releases come in at dev') as string,
    });
    expect(move(undefined, 'qa', of)).toMatchObject({ ok: true, isEntry: false, path: { from: 'dev', to: 'qa' } });
  });
});

describe('a path as the lane takes it', () => {
  it('has the emergency approval and nothing that approves by itself or is brought along', () => {
    const found = move(undefined, 'staging');
    expect(found.ok && found.path.approvals).toMatchObject({
      stages: [{ name: 'CAB emergency', roles: ['cab'] }],
      automaticWhenGatesPass: false,
      mayAutoApprove: [],
    });
  });

  it('has no soak at its entry, and behind it that of the lane', () => {
    expect(move(undefined, 'staging')).toMatchObject({ path: { soakSeconds: 0 } });
    expect(move(undefined, 'canary')).toMatchObject({
      isEntry: false,
      path: { from: 'staging', soakSeconds: 1800 },
      instead: { soakSeconds: 86_400 },
    });
  });

  it('keeps every gate that the lane does not set aside, and of the checklist what comes afterwards', () => {
    const found = move(undefined, 'staging');
    if (!found.ok) throw new Error(found.reason);
    expect([found.path.gates.load, found.path.gates.coverage]).toEqual([undefined, expect.anything()]);
    expect(found.path.checklist.map(({ item }) => item)).toEqual(['Told']);
    const whole = move(undefined, 'staging', rules('setAside: []'));
    if (!whole.ok) throw new Error(whole.reason);
    expect(whole.path.gates.load).toBeDefined();
    expect(whole.path.checklist.map(({ item }) => item)).toEqual(['Told', 'Loaded']);
  });

  it('asks for no environment that the lane passes by, also behind the entry', () => {
    expect(move(undefined, 'live')).toMatchObject({ ok: true, path: { from: 'canary', after: 'any' } });
  });
});
