import { asModule } from '../../../constructs/module/as-module.ts';

const stack = {
  '//': { metadata: { stackName: 'x' } },
  provider: { google: [{}] },
  terraform: {
    backend: { local: {} },
    required_providers: { google: { source: 'google', version: '6.50.0' } },
  },
  variable: { is_on: { type: 'bool' } },
  locals: {},
  check: {},
  resource: {
    google_pubsub_topic: {
      always: { '//': {}, name: 'a' },
      sometimes: { count: '${var.is_on ? 1 : 0}', name: 'b' },
    },
    google_x: {
      y: {
        depends_on: ['google_pubsub_topic.sometimes'],
        one: '${google_pubsub_topic.sometimes.id}',
        other: 'x ${google_pubsub_topic.always.id} ${upper(google_pubsub_topic.sometimes.labels[0].name)}',
        block: [{ name: 'fixed' }, { '(only if)': '${var.is_on}', topic: '${google_pubsub_topic.sometimes.id}' }],
        single: { '(only if)': '${var.is_on}', inner: [{ '(only if)': '${var.is_big}', a: 1 }] },
      },
    },
  },
  output: { topic: { value: '${google_pubsub_topic.sometimes.id}' } },
};

describe('a stack as a module', () => {
  const module = asModule(stack);

  it('has no provider and no backend, and asks for versions from those on that it was made with', () => {
    expect(Object.keys(module).toSorted()).toEqual(['check', 'locals', 'output', 'resource', 'terraform', 'variable']);
    expect(module.terraform).toEqual({
      required_version: '>= 1.11.0',
      required_providers: { google: { source: 'google', version: '>= 6.50.0, < 7.0.0' } },
    });
    expect(JSON.stringify(module)).not.toContain('//');
  });

  it('refers to what may be absent so that it then is null, and to everything else as ever', () => {
    expect(module.output).toEqual({ topic: { value: '${one(google_pubsub_topic.sometimes[*].id)}' } });
    expect(module.resource['google_x']?.['y']).toMatchObject({
      depends_on: ['google_pubsub_topic.sometimes'],
      one: '${one(google_pubsub_topic.sometimes[*].id)}',
      other: 'x ${google_pubsub_topic.always.id} ${upper(one(google_pubsub_topic.sometimes[*].labels[0].name))}',
    });
  });

  it('writes optional blocks as dynamic ones, nested ones too', () => {
    expect(module.resource['google_x']?.['y']).toMatchObject({
      block: [{ name: 'fixed' }],
      dynamic: {
        block: [
          {
            for_each: '${var.is_on ? [true] : []}',
            content: { topic: '${one(google_pubsub_topic.sometimes[*].id)}' },
          },
        ],
        single: [
          {
            for_each: '${var.is_on ? [true] : []}',
            content: { dynamic: { inner: [{ for_each: '${var.is_big ? [true] : []}', content: { a: 1 } }] } },
          },
        ],
      },
    });
  });
});
