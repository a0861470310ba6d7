import { filled, stoodIn, unconfigurable } from './provider/planned-values.ts';
import type { BlockSchema } from './provider/provider-schema.ts';

const block: BlockSchema = {
  attributes: {
    name: { type: 'string', required: true },
    region: { type: 'string', optional: true, computed: true },
    id: { type: 'string', computed: true },
    secret: { type: 'string', optional: true, write_only: true },
  },
  block_types: {
    rule: { nesting_mode: 'list', block: { attributes: { hash: { type: 'string', computed: true } } } },
    by: { nesting_mode: 'map', block: { attributes: { hash: { type: 'string', computed: true } } } },
  },
};
const decided = () => 'decided';

describe('what the stand-in plans', () => {
  it('is the configuration, with what it leaves open decided later, and no write-only argument', () => {
    const given = { name: 'a', region: null, id: null, secret: 's', rule: [{ hash: null }], by: { x: { hash: null } } };
    expect(filled(block, given, decided)).toEqual({
      name: 'a',
      region: 'decided',
      id: 'decided',
      secret: null,
      rule: [{ hash: 'decided' }],
      by: { x: { hash: 'decided' } },
    });
    expect(filled(block, { ...given, region: 'eu', rule: [], by: {} }, decided)).toMatchObject({
      region: 'eu',
      rule: [],
    });
  });

  it('leaves what is no block as it is', () => {
    expect(filled(block, null, decided)).toBeNull();
  });

  it('sets nothing that the provider alone decides, in blocks neither', () => {
    expect(unconfigurable(block, { name: 'a', id: null, rule: [{ hash: null }] })).toEqual([]);
    expect(unconfigurable(block, { id: 'x', region: 'eu', rule: [{ hash: null }, { hash: 'y' }] })).toEqual([
      'id',
      'rule.1.hash',
    ]);
  });

  it('has one of each where a data source is read', () => {
    expect(stoodIn(['list', ['object', { name: 'string', ports: ['set', 'number'] }]])).toEqual([
      { name: 'stood-in', ports: [1] },
    ]);
    expect(stoodIn(['map', 'bool'])).toEqual({ 'stood-in': true });
  });
});
