import { describe, expect, it } from '@jest/globals';
import { chooseStart } from '../../../cli/compose/choose-start.ts';

const sample = '/project/examples/shop/promotion-rules.yaml';
const guide = '/project/examples/rules/dev-staging-canary-production.yaml';
const ran = (rulesFile: string) => ({ rulesFile, application: 'app' });

describe('what local start brings up', () => {
  it('is the sample in a folder in which nothing ran yet', () => {
    expect(chooseStart(undefined, {}, undefined, sample)).toEqual({ kind: 'sample' });
    expect(chooseStart(undefined, {}, ran(sample), sample)).toEqual({ kind: 'sample' });
  });

  it('goes on under the rules that the folder ran last, which npm start names nowhere', () => {
    expect(chooseStart(undefined, {}, ran(guide), sample)).toEqual({
      kind: 'rules',
      rulesFile: guide,
      application: 'app',
    });
  });

  it('is another environment of the rules that the folder ran last', () => {
    const asked = { environments: ['canary'] };
    expect(chooseStart(undefined, asked, ran(guide), sample)).toMatchObject({ kind: 'rules', rulesFile: guide });
    expect(chooseStart(undefined, asked, ran(sample), sample)).toMatchObject({ kind: 'rules', rulesFile: sample });
    expect(() => chooseStart(undefined, asked, undefined, sample)).toThrow('name them with --rules');
  });

  it('is what was named, whatever ran before', () => {
    const choice = chooseStart(guide, { application: 'other' }, ran(sample), sample);
    expect(choice).toEqual({ kind: 'rules', rulesFile: guide, application: 'other' });
  });
});
