import { z } from 'zod';
import { describeSeconds } from '../engine/contract/describe-seconds.ts';
import { customGateSchema, gateNames, gatesSchema, readGateSettings } from '../engine/rules/gate-schema.ts';
import { gateProse } from './gate-prose.ts';

const head = `# Gates

A gate is one automatic check with a threshold. A path demands those below its \`gates\`, and what \`defaults\` demand; \`false\`
takes one back. All are judged, also when one fails, before anybody is asked to approve, and again before anything moves
when their evidence went stale meanwhile or newer may have come.

| Answer | Means                                                                                             |
| ------ | ------------------------------------------------------------------------------------------------- |
| pass   | It was measured, recently enough, and is within the threshold; limits are inclusive unless said.   |
| fail   | It is not, or it is not known. The promotion ends with exit code 3, and nothing was changed.       |
| warn   | It is not, or not known, and the rule says that this only warns. It is recorded as such.           |

**What is not known fails.** Evidence that is absent, cut off, no number (NaN), dated in the future or older than \`maxAgeSeconds\`, a
metric that nobody measured and an error while judging all count as missing; \`onMissing: warn\` is the only way around, gate
by gate. What was measured once about immutable bytes ages slowly (30 d), what is read from a running environment quickly
(5 min). The reason is in the answer.

**Waivers** (\`promote waive\`) set one finding or bug aside by its id, with an owner, a reason and an end; the gate names it.
**Ages** (\`maximumAgeSeconds\` by severity) let a finding be known only so long, beside how many there may be: it is as old
as its own date says, else as the first evidence of the application that named it. How to record evidence: [evidence](evidence.md).
Setting gates aside for one promotion: [people](people.md). Gates that nobody may weaken: \`mandatory\` in [rules](rules.md).

\`\`\`sh
promote validate shop --release v2 --to staging              # what every gate says now; changes nothing
promote rules explain --from dev --to staging                # what the path demands, and which line says so
\`\`\`
`;

const describedSchema: z.ZodType<Described> = z.lazy(() =>
  z.looseObject({
    description: z.string().optional(),
    properties: z.record(z.string(), describedSchema).optional(),
    anyOf: z.array(describedSchema).optional(),
    enum: z.array(z.unknown()).optional(),
    items: describedSchema.optional(),
  }),
);
interface Described {
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, Described>> | undefined;
  readonly anyOf?: readonly Described[] | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly items?: Described | undefined;
}

/** docs/gates.md: a section for each gate, its settings as the schema has them. */
export function gatesReference(): string {
  const gates = described(gatesSchema);
  const sections = gateNames.map((name) => {
    const settings = gates.properties?.[name]?.anyOf?.find(({ properties }) => properties !== undefined);
    return section(name, settings, readGateSettings(name, {}) ?? {});
  });
  return [head, ...sections, section('custom', described(customGateSchema), customDefaults())].join('\n');
}

function described(schema: z.ZodType): Described {
  return describedSchema.parse(z.toJSONSchema(schema, { io: 'input', reused: 'inline' }));
}

function customDefaults(): Readonly<Record<string, unknown>> {
  const least = { name: 'name', action: { kind: 'command', command: ['run'] } };
  const { name: _name, action: _action, ...defaults } = readGateSettings('custom', least) ?? {};
  return defaults;
}

function section(name: keyof typeof gateProse, settings: Described | undefined, defaults: object): string {
  const { title, reads, unknown, example } = gateProse[name];
  const rows = rowsOf(settings, defaults, '').map(({ setting, value, text }) => `| ${setting} | ${value} | ${text} |`);
  return [
    `## ${title}: \`${name}\``,
    '',
    reads,
    '',
    `Not known: ${unknown}`,
    '',
    '```yaml',
    'gates:',
    `  ${example}`,
    '```',
    '',
    '| Setting | Default | |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

interface Row {
  readonly setting: string;
  readonly value: string;
  readonly text: string;
}

/** What groups of settings hold stands in rows of its own, under the group's words. */
function rowsOf(settings: Described | undefined, defaults: unknown, prefix: string): readonly Row[] {
  return Object.entries(settings?.properties ?? {}).flatMap(
    ([key, { description = '', properties, ...rest }]): readonly Row[] => {
      const value: unknown = typeof defaults === 'object' && defaults !== null ? Reflect.get(defaults, key) : undefined;
      const setting = `\`${prefix}${key}\``;
      if (properties !== undefined && value !== undefined) {
        const inner = rowsOf({ properties }, value, `${prefix}${key}.`);
        return description === '' ? inner : [{ setting, value: '', text: description }, ...inner];
      }
      const choices = rest.enum ?? rest.items?.enum ?? [];
      const text = choices.length === 0 ? description : `${description} (${choices.join(', ')})`.trim();
      return [{ setting, value: defaultText(key, value), text: text.replaceAll('|', '\\|') }];
    },
  );
}

function defaultText(key: string, value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'number')
    return /Seconds$|^(?:critical|high|medium|low)$/.test(key) && value >= 60 ? describeSeconds(value) : String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}
