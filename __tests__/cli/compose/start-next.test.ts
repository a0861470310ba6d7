import { describe, expect, it } from '@jest/globals';
import { rulesNext, sampleNext } from '../../../cli/compose/start-next.ts';
import type { ShopEnvironment } from '../../../cli/compose/shop-environments.ts';
import { sampleRelease } from '../../../scripts/sample-promotion.ts';
import { stateOf } from './doctor-fixture.ts';

const running = (environment: string, name: string) => stateOf(environment, { release: sampleRelease({ name }) });
const place = (name: string, isEntry = false): ShopEnvironment => ({
  ...{ application: 'app', name, aliases: [], registry: `registries/${name}`, database: `app-${name}`, isEntry },
  configuration: { repository: 'configuration', branch: name, path: `${name}/values.yaml` },
});
const uiUrl = 'http://127.0.0.1:8080';
const places = { application: 'app', environments: [place('dev', true), place('staging'), place('canary')] };

describe('what can be typed after npm start', () => {
  it('takes v2 back while v2 runs', () => {
    const next = sampleNext('promote', { states: [running('staging', 'v2')], isGood: true, uiUrl }).join('\n');
    expect(next).toMatch(/promote rollback shop --env staging +take v2 back/);
    expect(next).toMatch(/http:\/\/127\.0\.0\.1:8080 +all of this in the browser/);
    expect(next).not.toContain('promote run');
  });

  it('promotes v2 while v1 runs, unless v2 was marked bad', () => {
    const states = [running('staging', 'v1')];
    const next = sampleNext('promote', { states, isGood: true, uiUrl }).join('\n');
    expect(next).not.toContain('rollback');
    expect(next).toContain('promote run shop --release v2 --to staging');
    expect(sampleNext('promote', { states, isGood: false, uiUrl }).join('\n')).not.toMatch(/rollback|promote run/);
  });
});

describe('what can be typed after local start under other rules', () => {
  it('says first what the path demands of v2, and starts the next empty environment as it is typed', () => {
    const states = [running('dev', 'v2'), running('staging', 'v1')];
    const next = rulesNext('promote', places, { states, isGood: true, uiUrl });
    expect(next).toContain('  promote local start --env canary');
    expect(next.join('\n')).toMatch(/validate app --release v2 --to staging[\s\S]*run app --release v2 --to staging/);
    expect(next.join('\n')).not.toContain('<');
  });

  it('proposes no promotion of what runs there already, nor of what was marked bad', () => {
    const there = { states: [running('dev', 'v2'), running('staging', 'v2')], isGood: true, uiUrl };
    const bad = { states: [running('dev', 'v2'), running('staging', 'v1')], isGood: false, uiUrl };
    for (const now of [there, bad])
      expect(rulesNext('promote', places, now).join('\n')).not.toMatch(/run app|validate/);
  });
});
