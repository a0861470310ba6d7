import fc from 'fast-check';
import { chainEvent } from '../../../engine/audit/hash-chain.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { Draft, genesisHash } from '../../../engine/workflow/draft.ts';
import type { ErrorReport } from '../../../engine/workflow/error-report.ts';
import type { Transition } from '../../../engine/workflow/transition.ts';
import { ana, moment, sampleDefinition, samplePromotion, sampleStep } from './sample-promotion.ts';

const error: ErrorReport = {
  category: 'NETWORK',
  severity: 'HIGH',
  isRetryable: true,
  message: 'connection refused',
  code: 'ECONNREFUSED',
  remedy: 'Start it.',
};
const later = new Date(moment.getTime() + 60_000);
const definition = sampleDefinition([
  sampleStep({ name: 'back-up', phase: 'move' }),
  sampleStep({ name: 'copy', phase: 'move', compensate: async () => ({ kind: 'done', summary: '', output: {} }) }),
]);

const draftOf = (more: Parameters<typeof samplePromotion>[1] = {}) =>
  new Draft(samplePromotion(definition, more), later, 1);

/** Every way to change a promotion. */
const changes: Readonly<Record<string, (draft: Draft) => void>> = {
  append: (draft) => {
    draft.append('noted', ana, { why: 'so' });
  },
  startStep: (draft) => {
    draft.startStep('copy', engineActor);
  },
  finishStep: (draft) => {
    draft.finishStep('copy', engineActor, 'copied', { images: 3 }, {});
  },
  parkStep: (draft) => {
    draft.parkStep('copy', engineActor, { reason: 'bake', detail: 'watched', until: later }, { looks: 1 });
  },
  failStep: (draft) => {
    draft.failStep('copy', engineActor, error);
  },
  passOverStep: (draft) => {
    draft.passOverStep('copy', engineActor, error);
  },
  retryStep: (draft) => {
    draft.retryStep('copy', engineActor, error, later);
  },
  resetSteps: (draft) => {
    draft.resetSteps(['copy'], engineActor, 'drift');
  },
  startCompensation: (draft) => {
    draft.startCompensation('copy', engineActor);
  },
  finishCompensation: (draft) => {
    draft.finishCompensation('copy', engineActor, 'gone', {});
  },
  parkCompensation: (draft) => {
    draft.parkCompensation('copy', engineActor, { reason: 'rollout', detail: 'going back', until: later }, {});
  },
  retryCompensation: (draft) => {
    draft.retryCompensation('copy', engineActor, error, later);
  },
  failCompensation: (draft) => {
    draft.failCompensation('copy', engineActor, error);
  },
  park: (draft) => {
    draft.park({ reason: 'slot', detail: 'another is running', until: later }, engineActor);
  },
  fail: (draft) => {
    draft.fail('copy', engineActor, error, false);
  },
  clearFailure: (draft) => {
    draft.clearFailure(ana);
  },
  resumeRollback: (draft) => {
    draft.resumeRollback(ana, true);
  },
  requestRollback: (draft) => {
    draft.requestRollback(
      { trigger: 'manual', reason: 'bad', requestedBy: ana.id, at: later, acceptsDataLoss: false },
      ana,
    );
  },
  vote: (draft) => {
    draft.vote(
      { stage: 'sre', actor: ana.id, decision: 'approved', planHash: 'p', comment: undefined, at: later },
      ana,
    );
  },
  acquireSlot: (draft) => {
    draft.acquireSlot(engineActor, ['slot:shop/staging']);
  },
  releaseSlot: (draft) => {
    draft.releaseSlot(engineActor);
  },
  moveTo: (draft) => {
    draft.moveTo('CANCELLED', ana);
  },
  pauseAutoPromotion: (draft) => {
    draft.pauseAutoPromotion('staging', engineActor);
  },
  markReleaseBad: (draft) => {
    draft.markReleaseBad('rel-shop-v2', 'errors', engineActor);
  },
};

function expectLinked(events: Transition['events'], promotionId: string): void {
  let previousHash = genesisHash;
  for (const [index, event] of events.entries()) {
    expect(event).toMatchObject({ seq: index + 1, previousHash });
    expect(event.hash).toBe(chainEvent({ promotionId, ...event }));
    previousHash = event.hash;
  }
}

describe('a change to a promotion', () => {
  it.each(Object.entries(changes))('%s leaves an entry in its audit trail', (name, change) => {
    const draft = draftOf({ holdsSlot: name === 'releaseSlot' });
    change(draft);
    const { events, record } = draft.toTransition(7);
    expect(events.length).toBeGreaterThan(0);
    expect(record).toMatchObject({ eventSeq: events.length, headHash: events.at(-1)?.hash, updatedAt: later });
    expectLinked(events, record.id);
  });

  it('links its entry to the one before, in whatever order changes come', () => {
    const anyChanges = fc.array(fc.constantFrom(...Object.entries(changes).filter(([name]) => name !== 'moveTo')));
    fc.assert(
      fc.property(anyChanges, (some) => {
        const draft = draftOf();
        for (const [, change] of some) change(draft);
        const { events, record } = draft.toTransition(7);
        expectLinked(events, record.id);
        expect(record.eventSeq).toBe(events.length);
        expect(new Set(draft.toTransition(7).outbox.map(({ eventId }) => eventId)).size).toBe(
          draft.toTransition(7).outbox.length,
        );
      }),
      { numRuns: 50 },
    );
  });

  it('is checked against the version that was read, and leaves the read record alone', () => {
    const record = samplePromotion(definition, { version: 41 });
    const before = structuredClone(record);
    const draft = new Draft(record, later, 1);
    for (const change of Object.values(changes)) change(draft);
    expect(draft.toTransition(7)).toMatchObject({ expectedVersion: 41, fence: 7 });
    expect(record).toEqual(before);
  });

  it('never lowers the state version that a newer engine left', () => {
    expect(draftOf({ stateVersion: 9 }).record.stateVersion).toBe(9);
    expect(new Draft(samplePromotion(definition, { stateVersion: 1 }), later, 3).record.stateVersion).toBe(3);
  });

  it('refuses a step that the promotion does not have', () => {
    expect(() => {
      draftOf().startStep('paint', engineActor);
    }).toThrow('has no step paint');
  });
});

describe('a step that waits', () => {
  const parked = { reason: 'bake', detail: 'watched until 11:00', until: later } as const;

  it('keeps its entry, its attempt and the beginning of its wait each time it is looked at again', () => {
    const first = draftOf();
    first.startStep('copy', engineActor);
    first.parkStep('copy', engineActor, parked, { looks: 1 });
    const muchLater = new Date(later.getTime() + 60_000);
    const second = new Draft(first.record, muchLater, 1);
    second.startStep('copy', engineActor);
    second.parkStep('copy', engineActor, { ...parked, until: muchLater }, { looks: 2 });
    expect(second.toTransition(1)).toMatchObject({ events: [], dueAt: muchLater, lease: 'release' });
    expect(second.record.parked).toEqual({ ...parked, until: muchLater, since: later });
    expect(second.step('copy')).toMatchObject({ attempt: 1, checkpoint: { looks: 2 } });
  });

  it('begins a new entry when it waits for something else', () => {
    const draft = draftOf();
    draft.parkStep('copy', engineActor, parked, {});
    draft.parkStep('copy', engineActor, { ...parked, detail: 'watched until 12:00' }, {});
    expect(draft.toTransition(1).events.map(({ type }) => type)).toEqual(['parked', 'parked']);
  });

  it('is due never when only a signal ends its wait', () => {
    const draft = draftOf();
    draft.park({ reason: 'manual', detail: 'somebody must look', until: undefined }, engineActor);
    expect(draft.toTransition(1).dueAt).toBe('never');
  });

  it('is an attempt more after it was cut off or has failed, and keeps what it remembers', () => {
    const draft = draftOf();
    draft.startStep('copy', engineActor);
    draft.parkStep('copy', engineActor, parked, { looks: 1 });
    draft.startStep('copy', engineActor);
    draft.startStep('copy', engineActor);
    expect(draft.step('copy')).toMatchObject({ attempt: 2, checkpoint: { looks: 1 } });
    draft.resetSteps(['copy'], engineActor, 'drift');
    expect(draft.step('copy')).toMatchObject({ attempt: 0, checkpoint: undefined });
  });

  it('stays begun when it is put back, if it may have left something to undo', () => {
    const draft = draftOf();
    draft.startStep('copy', engineActor);
    draft.resetSteps(['copy', 'back-up'], engineActor, 'tried again');
    expect([draft.step('copy').status, draft.step('back-up').status]).toEqual(['retrying', 'pending']);
  });
});

describe('an announcement', () => {
  it('has the number of its entry in its id, so that a repetition is recognised', () => {
    const draft = draftOf();
    draft.append('requested', ana, {});
    draft.announce('promotion.started', { release: 'v2' });
    draft.append('ended', ana, {});
    draft.announce('promotion.ended', {});
    expect(draft.toTransition(1).outbox).toEqual([
      {
        eventId: 'pr-0000000001-1',
        type: 'promotion.started',
        body: { promotionId: 'pr-0000000001', application: 'shop', from: 'dev', to: 'staging', release: 'v2' },
      },
      expect.objectContaining({ eventId: 'pr-0000000001-2' }),
    ]);
  });

  it('is told beside another of the same entry', () => {
    const draft = draftOf();
    draft.append('failed', ana, {});
    draft.announce('validation.failed', {});
    draft.announce('promotion.ended', {});
    expect(draft.toTransition(1).outbox.map(({ eventId }) => eventId)).toEqual([
      'pr-0000000001-1',
      'pr-0000000001-1-promotion.ended',
    ]);
  });

  it('is made of a wait that people must know of, once however often it is looked at', () => {
    const draft = draftOf();
    for (let look = 0; look < 3; look += 1) {
      draft.park({ reason: 'soak', detail: 'until tomorrow', until: later }, engineActor);
      draft.park({ reason: 'soak', detail: 'until tomorrow', until: later }, engineActor);
    }
    expect(draft.toTransition(1).outbox.map(({ type }) => type)).toEqual(['promotion.parked']);
    draft.park({ reason: 'rollout', detail: 'rolling out', until: later }, engineActor);
    expect(draft.toTransition(1).outbox).toHaveLength(1);
  });
});
