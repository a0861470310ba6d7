import { ConfigurationSchema, ConfigurationSchemaError } from '../../../engine/configuration/configuration-schema.ts';

const schema = {
  type: 'object',
  required: ['release', 'feature'],
  additionalProperties: false,
  properties: {
    release: { type: 'string' },
    images: { type: 'object', additionalProperties: { type: 'string', pattern: '^sha256:' } },
    feature: {
      type: 'object',
      required: ['limit'],
      properties: { limit: { type: 'integer', maximum: 10 }, mode: { enum: ['fast', 'safe'] } },
    },
    databasePassword: { type: 'string', minLength: 40 },
  },
};
const problems = (values: string, of: unknown = schema): readonly string[] =>
  ConfigurationSchema.parse(JSON.stringify(of), 'values.schema.json')
    .problemsOf(values)
    .map(({ line, column, message }) => `${String(line)}:${String(column)} ${message}`);

describe('values that are judged by a schema', () => {
  it('are well when they suit it', () => {
    expect(problems('# of the team\nrelease: v1\nfeature: { limit: 10 }\n')).toEqual([]);
    expect(problems('\uFEFFrelease: v1\nfeature: { limit: 10 }\n')).toEqual([]);
  });

  it.each([
    [
      'a number that is too large',
      'release: v1\nfeature:\n  limit: 12\n',
      '3:10 feature.limit must be <= 10, and is 12',
    ],
    ['another type', 'release: v1\nfeature:\n  limit: "5"\n', '3:10 feature.limit must be integer, and is "5"'],
    ['what is missing', 'release: v1\nfeature: {}\n', '2:10 feature must have the setting limit'],
    [
      'what may not be there',
      'release: v1\nfeature: { limit: 1 }\nfetaure: 1\n',
      '3:1 fetaure is no setting that there may be',
    ],
    [
      'none of the words that may be there',
      'release: v1\nfeature: { limit: 1, mode: slow }\n',
      '2:28 feature.mode must be one of "fast", "safe", and is "slow"',
    ],
    [
      'a name with a dot in it',
      'release: v1\nfeature: { limit: 1 }\nimages:\n  "api.v1": latest\n',
      '4:13 images.api\\.v1 must match pattern "^sha256:", and is "latest"',
    ],
    ['no map at all', '- 1\n', '1:1 the document must be object'],
    ['nothing', '', '1:1 the document must be object'],
  ])('say where %s stands, and what it must be', (_, values, problem) => {
    expect(problems(values)).toEqual([problem]);
  });

  it('tell everything at once, in the order of the text, and never the value of a secret', () => {
    const found = problems('feature:\n  limit: 99\n  mode: x\ndatabasePassword: hunter2\n');
    expect(found).toEqual([
      '1:1 the document must have the setting release',
      '2:10 feature.limit must be <= 10, and is 99',
      '3:9 feature.mode must be one of "fast", "safe", and is "x"',
      '4:19 databasePassword must NOT have fewer than 40 characters',
    ]);
  });

  it('are judged by the draft that the schema is of', () => {
    const tuple = (draft: string | undefined, keyword: string) => ({
      ...(draft === undefined ? {} : { $schema: draft }),
      properties: { pair: { [keyword]: [{ type: 'string' }, { type: 'integer' }] } },
    });
    const values = 'pair: [1, x]\n';
    expect(problems(values, tuple('http://json-schema.org/draft-07/schema#', 'items'))).toHaveLength(2);
    expect(problems(values, tuple('https://json-schema.org/draft/2020-12/schema', 'prefixItems'))).toHaveLength(2);
    expect(problems(values, tuple(undefined, 'prefixItems'))).toHaveLength(2);
    expect(problems(values, tuple('https://json-schema.org/draft/2019-09/schema', 'items'))).toHaveLength(2);
  });

  it('may be judged by a schema that is written in YAML', () => {
    const found = ConfigurationSchema.parse('# ours\nrequired: [release]\n', 'values.schema.yaml').problemsOf('a: 1\n');
    expect(found).toMatchObject([{ path: '', line: 1, column: 1 }]);
  });

  it('stay bounded, however much is wrong', () => {
    const values = Array.from({ length: 5000 }, (_, index) => `key${String(index)}: 1\n`).join('');
    expect(problems(values).length).toBeLessThanOrEqual(50);
  });
});

describe('a schema', () => {
  it.each<readonly [string, string, RegExp]>([
    ['is no YAML', 'a: [', /^values\.schema\.json:1:\d+: is not valid YAML/],
    ['is a list', '[]', /must be an object/],
    ['uses a word wrongly', '{"type": "strnig"}', /is no JSON Schema that can be used/],
    ['refers to another place', '{"$ref": "https://example.org/other.json"}', /can't resolve reference/],
    [
      'is of a draft that nobody understands',
      '{"$schema": "http://json-schema.org/draft-04/schema#"}',
      /draft-07, 2019-09/,
    ],
    ['has a pattern that is none', '{"properties": {"a": {"pattern": "("}}}', /is no JSON Schema that can be used/],
    ['is enormous', `{"description": "${'x'.repeat(1_100_000)}"}`, /larger than 1 MiB/],
  ])('that %s is refused by name', (_, text, message) => {
    const parse = (): unknown => ConfigurationSchema.parse(text, 'values.schema.json');
    expect(parse).toThrow(ConfigurationSchemaError);
    expect(parse).toThrow(message);
  });
});
