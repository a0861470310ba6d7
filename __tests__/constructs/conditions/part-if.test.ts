import { PubsubTopic } from '@cdktf/provider-google/lib/pubsub-topic/index.js';
import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { partIf } from '../../../constructs/conditions/part-if.ts';
import { partsIn } from '../parts.ts';

class Part extends Construct {
  constructor(scope: Construct) {
    super(scope, 'part');
    this.add('one');
  }

  add(name: string): void {
    new PubsubTopic(this, name, { name });
  }
}

describe('a part under a condition', () => {
  it('that is known is there as ever, or not made at all', () => {
    const made = partsIn((scope) => {
      expect(partIf(true, () => new Part(scope))).toBeInstanceOf(Part);
    });
    expect(made.all('google_pubsub_topic')).toEqual([{ name: 'one' }]);
    const neverMade = (): Part => {
      throw new Error('it was made');
    };
    expect(partIf(false, neverMade)).toBeUndefined();
  });

  it('that Terraform decides has each of its resources once or not at all, those added later too', () => {
    const made = partsIn((scope) => {
      const isOn = new TerraformVariable(scope, 'is_on', { type: 'bool' }).booleanValue;
      partIf(isOn, () => new Part(scope))?.add('two');
      new PubsubTopic(scope, 'another', { name: 'another' });
    });
    expect(made.all('google_pubsub_topic')).toEqual([
      { name: 'another' },
      { name: 'one', count: '${(var.is_on ? 1 : 0)}' },
      { name: 'two', count: '${(var.is_on ? 1 : 0)}' },
    ]);
  });
});
