/** A year of rules and promotions: freezes and windows by the clocks of four zones, a promotion every week. */
export const yearRules = `version: 1
applications: [{ name: shop, services: [{ name: api }, { name: web, kind: frontend }] }]
environments:
${['staging', 'production']
  .map(
    (name) =>
      `  - { name: ${name}, targets: { deployment: { kind: local }, registry: r/<env>, database: <app>-<env>, configuration: { repository: c }, flags: { kind: file } } }`,
  )
  .join('\n')}
freezes:
  - { kind: once, name: easter, reason: nobody is there, from: 2026-04-02T16:00:00+02:00, to: 2026-04-07T08:00:00+02:00 }
  - { kind: once, name: audit, reason: auditors are here, from: 2026-06-15T00:00:00+02:00, to: 2026-06-20T00:00:00+02:00 }
  - { kind: once, name: black-friday, reason: the busiest days, from: 2026-11-25T00:00:00-05:00, to: 2026-12-01T00:00:00-05:00 }
  - { kind: once, name: year-end, reason: nobody is there, from: 2026-12-18T18:00:00+01:00, to: 2027-01-04T08:00:00+01:00 }
  - { kind: weekly, name: weekend, reason: we rest, days: [saturday, sunday], from: '00:00', to: '24:00', timeZone: Europe/Berlin }
  - { kind: weekly, name: close-of-trading, reason: settling, days: [monday, tuesday, wednesday, thursday, friday], from: '15:45', to: '16:30', timeZone: America/New_York }
  - { kind: weekly, name: night-run, reason: batches, from: '01:30', to: '02:30', timeZone: Australia/Lord_Howe }
  - { kind: weekly, name: settlement, reason: batches, from: '23:30', to: '00:30', timeZone: America/Santiago }
paths:
  - from: staging
    to: production
    soakSeconds: 24h
    gates: { coverage: { minimumPercent: 80 } }
    approvals: { stages: [{ name: owner, people: [olivia], timeoutSeconds: 30d }] }
    windows:
      - { kind: weekly, days: [monday, tuesday, wednesday, thursday], from: '09:00', to: '23:00', timeZone: Europe/Berlin }
`;

/** When a freeze begins or ends, or clocks are changed, and what is expected a minute before and after. */
const edges: readonly (readonly [at: string, isOpenBefore: boolean, isOpenAfter: boolean])[] = [
  ['2026-03-05T20:45Z', true, false], // close of trading, before New York keeps summer time
  ['2026-03-12T19:45Z', true, false], // after it does, and Berlin does not yet
  ['2026-03-31T19:45Z', true, false], // after both do
  ['2026-04-02T14:00Z', true, false],
  ['2026-04-07T06:00Z', false, false],
  ['2026-04-07T07:00Z', false, true],
  ['2026-04-08T15:00Z', true, false], // the night run of Lord Howe, by its winter clocks
  ['2026-06-14T22:00Z', false, false],
  ['2026-06-22T07:00Z', false, true],
  ['2026-10-07T14:30Z', true, false], // and by its summer clocks
  ['2026-10-27T20:30Z', false, true], // Berlin is back, New York is not
  ['2026-11-03T20:45Z', true, false],
  ['2026-11-25T05:00Z', false, false],
  ['2026-12-01T05:00Z', false, false],
  ['2026-12-01T08:00Z', false, true],
  ['2026-12-18T17:00Z', false, false],
  ['2027-01-04T07:00Z', false, false],
  ['2027-01-04T08:00Z', false, true],
];
const weeks = 50;
const firstMonday = Date.parse('2026-01-12T10:00:00Z');
const weekMs = 7 * 86_400_000;
const dayMs = 86_400_000;

interface Moment {
  readonly at: number;
  readonly lines: readonly string[];
}

/** The scenario as a file of scenarios: every week a release, its approval, its move; every edge of every freeze. */
export function yearScenario(): string {
  const moments = [...weeksOfPromotions(), ...edges.flatMap(edgeMoments)].toSorted((a, b) => a.at - b.at);
  const steps = moments.flatMap(({ at, lines }) => {
    const [first = '', ...rest] = lines;
    return [`      - { at: '${minuteText(at)}', ${first} }`, ...rest.map((line) => `      - { ${line} }`)];
  });
  return `version: 1
scenarios:
  - name: a year
    start: 2026-01-07T12:00
    given:
      people: { ana: [promoter] }
      releases: { v0: { verifiedIn: [staging, production] } }
    steps:
${steps.join('\n')}
`;
}

function minuteText(at: number): string {
  return new Date(at).toISOString().replace(/:00\.000Z$/, 'Z');
}

function edgeMoments([at, before, after]: (typeof edges)[number]): readonly Moment[] {
  const open = (is: boolean): string => `expect: { open: { to: production, is: ${String(is)} } }`;
  const edge = Date.parse(at.replace('Z', ':00Z'));
  return [
    { at: edge - 60_000, lines: [open(before)] },
    { at: edge + 60_000, lines: [open(after)] },
  ];
}

/** On Monday a release comes to staging and is asked for; on Tuesday it has soaked and is approved; by Sunday it has moved or waits for a freeze. */
function weeksOfPromotions(): readonly Moment[] {
  return Array.from({ length: weeks }, (_, week) => {
    const monday = firstMonday + week * weekMs;
    const name = `v${String(week + 1)}`;
    const evidence = '[{ fact: { kind: coverage, linesPercent: 84 } }]';
    return [
      {
        at: monday,
        lines: [
          `releases: { ${name}: { verifiedIn: [staging], evidence: ${evidence} } }`,
          `run: { as: ana, release: ${name}, to: production, name: ${name} }, expect: { waitsFor: soak }`,
        ],
      },
      { at: monday + dayMs + 60_000, lines: [`approve: { as: olivia, promotion: ${name} }`] },
      {
        at: monday + 6 * dayMs,
        lines: [`expect: { promotion: ${name}, ${isFrozen(monday + dayMs) ? 'waitsFor: window' : 'is: promoted'} }`],
      },
    ];
  }).flat();
}

function isFrozen(tuesday: number): boolean {
  const frozen = [
    ['2026-06-15', '2026-06-20'],
    ['2026-12-18', '2027-01-04'],
  ] as const;
  return frozen.some(([from, to]) => Date.parse(from) <= tuesday && tuesday < Date.parse(to));
}
