import { mergePairRules } from '../../../constructs/control-plane/merge-pair-rules.ts';
import { effectiveInputs } from '../../../constructs/inputs/effective-inputs.ts';
import type { DocumentedProps } from '../../../constructs/inputs/documented-props.ts';
import { rulesOfInputs } from '../../../constructs/inputs/rules-of-inputs.ts';
import { rulesText } from '../../../constructs/inputs/rules-text.ts';
import { parseRules } from '../../../engine/rules/parse-rules.ts';
import { sevenInputs } from '../seven-inputs.ts';

function rulesFrom(environment: string, targetEnvironment: string, more: Partial<DocumentedProps> = {}) {
  const compiled = rulesOfInputs(
    effectiveInputs({
      ...sevenInputs,
      environment,
      targetEnvironment,
      kubernetesNamespace: `shop-${environment}`,
      domainName: `${environment}.shop.example`,
      ...more,
    }),
    { namespace: `shop-${targetEnvironment}`, domain: `${targetEnvironment}.shop.example` },
  );
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return compiled.document;
}

describe('the rules of several pairs', () => {
  it('are one document that the engine reads, with what they share said once', () => {
    const merged = mergePairRules([rulesFrom('dev', 'staging'), rulesFrom('staging', 'prod')]);
    if (!merged.ok) throw new Error(merged.conflicts.join());
    const parsed = parseRules(rulesText(merged.document), 'rules.json');
    if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join());
    expect(parsed.rules.environments.map(({ name }) => name)).toEqual(['dev', 'staging', 'prod']);
    expect(parsed.rules.paths.map(({ from, to }) => [from, to])).toEqual([
      ['dev', 'staging'],
      ['staging', 'prod'],
    ]);
    expect(parsed.rules.applications).toHaveLength(1);
    expect(parsed.rules.cloud?.domainName).toBeUndefined();
  });

  it('name channels anew, so that equal numbers of two pairs stay different channels', () => {
    const one = 'projects/p/notificationChannels/1';
    const other = 'projects/p/notificationChannels/2';
    const merged = mergePairRules([
      rulesFrom('dev', 'staging', { notificationChannels: [one] }),
      rulesFrom('staging', 'prod', { notificationChannels: [other, one] }),
    ]);
    expect(merged).toMatchObject({
      document: {
        notifications: {
          channels: [
            { name: 'channel-1', channel: one },
            { name: 'channel-2', channel: other },
          ],
          routes: [{ channels: ['channel-1'] }, { channels: ['channel-2', 'channel-1'] }],
        },
      },
    });
  });

  it('conflict where an environment or a path is said in two ways', () => {
    expect(
      mergePairRules([
        rulesFrom('dev', 'staging'),
        rulesFrom('staging', 'prod', { artifactRegistry: 'ghcr.io/other' }),
      ]),
    ).toEqual({ ok: false, conflicts: ['environment staging is described in two ways by two pairs'] });
    expect(mergePairRules([rulesFrom('dev', 'staging'), rulesFrom('dev', 'staging', { rollbackTimeout: 5 })])).toEqual({
      ok: false,
      conflicts: ['path dev to staging is described in two ways by two pairs'],
    });
  });

  it('are none without a pair', () => {
    expect(mergePairRules([])).toMatchObject({ ok: false });
  });
});
