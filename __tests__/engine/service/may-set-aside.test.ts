import { PathGraph } from '../../../engine/rules/path-graph.ts';
import { maySetAside, type SettableAside } from '../../../engine/service/may-set-aside.ts';
import type { Actor } from '../../../engine/workflow/actor.ts';
import { operator, promoter, rulesOf, rulesText, viewer } from './service-fixture.ts';

/** What somebody may set aside on the way from qa to staging, of which the rules say `settings`. */
function onPath(settings: string, actor: Actor, bound: readonly string[] = []): readonly SettableAside[] {
  const rules = rulesOf(rulesText(settings));
  const path = new PathGraph(rules).paths().find(({ to }) => to === 'staging');
  if (path === undefined) throw new Error('the rules have no such path');
  const bindings = bound.map((role) => ({ role, application: 'shop', environment: 'staging' }));
  return maySetAside(rules, path, 'shop', actor, bindings);
}

describe('what somebody may set aside', () => {
  it('is nothing of what the rules let nobody set aside, whatever his roles', () => {
    expect(onPath('', operator)).toEqual([]);
    expect(onPath('', viewer)).toEqual([]);
  });

  it('is what both the rules and his roles let him', () => {
    const settings = [
      'force: { allowed: true, roles: [operator] }',
      'skipValidation: { people: [olga@shop.example] }',
      'freezeOverride: { roles: [operator, promoter] }',
    ].join('\n');
    expect(onPath(settings, operator)).toEqual(['force', 'skip-validation', 'override-freeze']);
    expect(onPath(settings, promoter)).toEqual([]);
    expect(onPath(settings, promoter, ['operator'])).toEqual(['force', 'override-freeze']);
  });

  it('is a warning of readiness only where readiness is demanded', () => {
    expect(onPath('gates: { readiness: {} }', promoter)).toEqual(['acknowledge']);
  });
});
