import type { ServiceStore } from '../../../../engine/store/service-store.ts';
import type { Difference, StoredChange } from '../../../../engine/store/change-store.ts';
import { engineActor } from '../../../../engine/workflow/actor.ts';
import { Draft } from '../../../../engine/workflow/draft.ts';
import type { ChangeEntry } from '../../../../engine/workflow/environment-record.ts';
import { seededRandom } from '../../../chaos/random.ts';
import { sampleRelease } from '../../workflow/sample-promotion.ts';
import { addRelease, load, requestPromotion, stateVersion, type OpenStore } from './store-fixture.ts';

const start = Date.UTC(2026, 10, 20, 10);
const applications = ['blog', 'shop'];
const environments = ['dev', 'staging'];
const kinds = ['image', 'configuration', 'flag'] as const;
const subjects = ['a', 'b', 'c'];

export function describeChanges(opened: OpenStore): void {
  async function change(store: ServiceStore, id: string, at: Date, changes: readonly ChangeEntry[]): Promise<void> {
    const record = await load(store, id);
    const draft = new Draft(record, at, stateVersion);
    draft.startStep('deploy', engineActor);
    draft.finishStep('deploy', engineActor, 'changed', {}, { changes });
    const { outcome } = await store.commit(draft.toTransition(undefined));
    if (outcome !== 'applied') throw new Error(`refused: ${outcome}`);
  }

  it('answers for any instant exactly what was not as it is now, and nothing that went back to what it was', async () => {
    const { store } = opened();
    const random = seededRandom(7);
    const pick = <T>(from: readonly T[]): T => {
      const chosen = from[Math.floor(random() * from.length)];
      if (chosen === undefined) throw new Error('nothing to pick from');
      return chosen;
    };
    const ids = new Map<string, string>();
    for (const application of applications) {
      for (const environment of environments) {
        ids.set(`${application}/${environment}`, await requestPromotion(store, { application, environment }));
      }
    }
    // Three values a subject, so that things often go back to what they were.
    const state = new Map<string, string>();
    const history: { readonly at: number; readonly state: ReadonlyMap<string, string> }[] = [];
    const made: (ChangeEntry & { readonly application: string; readonly environment: string; readonly at: Date })[] =
      [];
    for (let index = 0; index < 150; index += 1) {
      const [application, environment] = [pick(applications), pick(environments)];
      const at = new Date(start + index * 1000);
      const changes = Array.from({ length: 1 + Math.floor(random() * 3) }, (): ChangeEntry => {
        const [kind, subject] = [pick(kinds), pick(subjects)];
        const key = JSON.stringify([application, environment, kind, subject]);
        const before = state.get(key);
        const after = random() < 0.2 ? undefined : pick(['1', '2', '3']);
        if (after === undefined) state.delete(key);
        else state.set(key, after);
        return { kind, subject, before, after };
      });
      await change(store, ids.get(`${application}/${environment}`) ?? '', at, changes);
      made.push(...changes.map((each) => ({ ...each, application, environment, at })));
      history.push({ at: at.getTime(), state: new Map(state) });
    }

    const wanted = (at: number, scope: { application?: string; environment?: string }): readonly string[] => {
      const then = history.findLast((each) => each.at <= at)?.state ?? new Map<string, string>();
      return [...new Set([...then.keys(), ...state.keys()])]
        .filter((key) => then.get(key) !== state.get(key))
        .map((key) => ({ key, parts: JSON.parse(key) as readonly string[] }))
        .filter(({ parts }) => scope.application === undefined || parts[0] === scope.application)
        .filter(({ parts }) => scope.environment === undefined || parts[1] === scope.environment)
        .map(({ key }) => `${key}: ${then.get(key) ?? 'nothing'}, now ${state.get(key) ?? 'nothing'}`)
        .toSorted();
    };
    const told = (differences: readonly Difference[]): readonly string[] =>
      differences
        .map(({ application, environment, kind, subject, then, now }) => {
          const key = JSON.stringify([application, environment, kind, subject]);
          return `${key}: ${then ?? 'nothing'}, now ${now ?? 'nothing'}`;
        })
        .toSorted();
    for (let asked = 0; asked < 200; asked += 1) {
      const at = start - 2000 + Math.floor(random() * 155_000);
      const scope = pick([
        {},
        { application: 'shop' },
        { environment: 'dev' },
        { application: 'blog', environment: 'staging' },
      ]);
      expect(told(await store.differencesAt({ ...scope, at: new Date(at), limit: 1000 }))).toEqual(wanted(at, scope));
    }

    const between = { since: new Date(start + 30_000), until: new Date(start + 60_000) };
    const found: readonly StoredChange[] = await store.changes({ ...between, environment: 'dev', limit: 1000 });
    expect(
      found.toReversed().map(({ kind, subject, before, after, at }) => ({ kind, subject, before, after, at })),
    ).toEqual(
      made
        .filter(({ environment, at }) => environment === 'dev' && at > between.since && at <= between.until)
        .map(({ kind, subject, before, after, at }) => ({ kind, subject, before, after, at })),
    );
  });

  it('knows who asked for a change, who approved it, and what was on its way at an instant', async () => {
    const { store } = opened();
    const id = await requestPromotion(store, { dueAt: new Date(start) });
    const planHash = 'f'.repeat(64);
    const record = await load(store, id);
    const draft = new Draft(record, new Date(start + 1000), stateVersion);
    draft.startStep('deploy', engineActor);
    draft.finishStep('deploy', engineActor, 'planned', {}, { plan: { hash: planHash, body: {} } });
    for (const [actor, hash] of [
      ['ben', planHash],
      ['cleo', 'e'.repeat(64)],
    ] as const) {
      const vote = {
        stage: actor,
        actor,
        decision: 'approved',
        planHash: hash,
        comment: undefined,
        at: record.createdAt,
      };
      // As somebody who speaks for several people says it.
      const as = { id: actor, verified: false, roles: [], via: 'cli-as', spokenForBy: 'root' } as const;
      draft.vote({ ...vote, decision: 'approved' }, actor === 'ben' ? as : engineActor);
    }
    expect((await store.commit(draft.toTransition(undefined))).outcome).toBe('applied');
    expect(await store.originsOf([id, id, 'pr-none'])).toMatchObject([
      {
        promotionId: id,
        release: 'v2',
        kind: 'promote',
        approvedBy: ['ben'],
        spokenFor: new Map([['ben', 'root']]),
        takenBack: undefined,
      },
    ]);
    expect(await store.originsOf([])).toEqual([]);
    const moving = async (at: number) =>
      (await store.movingAt({ at: new Date(at), environment: 'staging', limit: 10 })).map((each) => each.id);
    expect(await moving(start - 1)).toEqual([]);
    expect(await moving(record.createdAt.getTime())).toEqual([id]);
  });

  it('counts what somebody recorded as running among the changes', async () => {
    const { store } = opened();
    const event = { at: new Date(start), type: 'adopted', actor: engineActor, data: {} };
    for (const [index, name] of ['v1', 'v2', 'v2'].entries()) {
      const releaseId = await addRelease(store, 'shop', name);
      await store.recordBaseline(
        { application: 'shop', environment: 'staging', releaseId },
        { ...event, at: new Date(start + index * 1000) },
      );
    }
    const changes = await store.changes({ since: new Date(0), until: new Date(start + 9000), limit: 10 });
    const [image] = sampleRelease.content.images;
    expect(
      changes.map(({ kind, subject, before, after, promotionId }) => [kind, subject, before, after, promotionId]),
    ).toEqual([
      ['release', 'release', 'v1', 'v2', undefined],
      ['image', image?.service, undefined, image?.digest, undefined],
      ['release', 'release', undefined, 'v1', undefined],
    ]);
  });

  it('names each image that somebody recorded as another one than before, by its digest', async () => {
    const { store } = opened();
    const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
    const names = { v1: ['a', 'b'], v2: ['a', 'c'] } as const;
    for (const [index, [name, [web, api]]] of Object.entries(names).entries()) {
      const images = [
        { service: 'web', image: 'shop/web', digest: digest(web) },
        { service: 'api', image: 'shop/api', digest: digest(api) },
      ];
      const releaseId = await addRelease(store, 'shop', name, { ...sampleRelease.content, images });
      const at = new Date(start + index * 1000);
      const event = { at, type: 'adopted', actor: engineActor, data: {} };
      await store.recordBaseline({ application: 'shop', environment: 'staging', releaseId }, event);
    }
    const changes = await store.changes({ since: new Date(start), until: new Date(start + 9000), limit: 10 });
    expect(changes.map(({ kind, subject, before, after }) => [kind, subject, before, after])).toEqual([
      ['image', 'api', digest('b'), digest('c')],
      ['release', 'release', 'v1', 'v2'],
    ]);
  });
}
