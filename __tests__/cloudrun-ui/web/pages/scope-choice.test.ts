import { environmentsIn, inApplication } from '../../../../cloudrun-ui/web/src/pages/settings/scope-choice.ts';

const places = [
  { application: 'shop', environment: 'dev' },
  { application: 'shop', environment: 'production' },
  { application: 'bank', environment: 'dev' },
  { application: 'bank', environment: 'audit' },
];

describe('where a rule counts', () => {
  it('is offered in the environments of its application, and each once where it is all of them', () => {
    expect(environmentsIn(places, 'bank')).toEqual(['dev', 'audit']);
    expect(environmentsIn(places, '*')).toEqual(['dev', 'production', 'audit']);
    expect(environmentsIn(places, 'nobody')).toEqual([]);
  });

  it('stays in the same environment when another application is chosen that has it', () => {
    expect(inApplication('bank', 'dev', ['dev', 'audit'])).toEqual({ application: 'bank', environment: 'dev' });
  });

  it('goes to the first that is offered where there is none of that name', () => {
    expect(inApplication('bank', 'production', ['dev', 'audit'])).toEqual({ application: 'bank', environment: 'dev' });
    expect(inApplication('nobody', 'production', [])).toEqual({ application: 'nobody', environment: 'production' });
  });
});
