import type { Session, SessionService } from '../../../cli/session.ts';

const notAsked = (): never => {
  throw new Error('the test did not expect this to be asked');
};

/** A session that answers what a test says, and fails for everything else. */
export function fakeSession(service: Partial<SessionService>, rest: Partial<Omit<Session, 'service'>> = {}): Session {
  return {
    service: {
      run: notAsked,
      completeRequest: (_actor, { application = 'shop', release = 'v2', from = 'dev', to = 'staging' }) =>
        Promise.resolve({ application, release, from, to }),
      decide: notAsked,
      cancel: notAsked,
      retry: notAsked,
      rollBack: notAsked,
      hold: notAsked,
      unhold: notAsked,
      declareFreeze: notAsked,
      liftFreeze: notAsked,
      freezes: notAsked,
      resumeAutoPromotion: notAsked,
      closures: () => Promise.resolve([]),
      previewRollback: notAsked,
      revisions: notAsked,
      confirmRollback: notAsked,
      newestPromotion: notAsked,
      view: notAsked,
      list: notAsked,
      environments: notAsked,
      changesSince: notAsked,
      stateAt: notAsked,
      releases: notAsked,
      logs: notAsked,
      events: notAsked,
      createRelease: notAsked,
      assembleRelease: notAsked,
      release: notAsked,
      judgeRelease: notAsked,
      locateSource: notAsked,
      addEvidence: notAsked,
      waive: notAsked,
      waivers: notAsked,
      revokeWaiver: notAsked,
      adopt: notAsked,
      adoptRunning: notAsked,
      bindRole: notAsked,
      unbindRole: notAsked,
      tick: notAsked,
      note: notAsked,
      openItems: () => Promise.resolve([]),
      closeItem: notAsked,
      people: notAsked,
      roles: notAsked,
      chains: notAsked,
      ...service,
    },
    actor: { id: 'ana', verified: false, roles: ['promoter'], via: 'cli' },
    notice: async () => undefined,
    verifyAudit: notAsked,
    copyBackup: notAsked,
    runWorker: notAsked,
    examine: notAsked,
    tick: () => Promise.resolve(),
    close: () => Promise.resolve(),
    ...rest,
  };
}
