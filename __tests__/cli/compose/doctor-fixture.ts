import type { DoctorWorld } from '../../../cli/compose/doctor-world.ts';
import { LocalFolders } from '../../../cli/compose/local-folders.ts';
import type { DoctorFinding } from '../../../cli/session.ts';
import type { EnvironmentState, ServiceStore } from '../../../engine/store/service-store.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import { afterStart, sampleRelease } from '../../../scripts/sample-promotion.ts';
import { rulesOf, rulesText } from '../../engine/service/service-fixture.ts';
import { unreachablePorts } from '../../support/unreachable-ports.ts';
import { fakeSession } from '../support/fake-session.ts';

export function stateOf(name: string, changes: Partial<EnvironmentState> = {}): EnvironmentState {
  return {
    application: 'shop',
    name,
    release: sampleRelease(),
    promotionId: 'pr-7f3a',
    deployedAt: afterStart(-720),
    verifiedAt: afterStart(-700),
    autoPromotionPausedAt: undefined,
    slotHeldBy: undefined,
    ...changes,
  };
}

export interface World extends Partial<Omit<DoctorWorld, 'store' | 'ports' | 'folders'>> {
  readonly store?: Partial<ServiceStore>;
  readonly ports?: Partial<Ports>;
  /** The installation's folder. */
  readonly home?: string;
  /** Environments in which something runs. Default: staging. */
  readonly running?: readonly EnvironmentState[];
}

/** A world in which nothing was promoted and nobody waits, except for what a test says. */
export function doctorWorld({ store, ports, home = '/nowhere', running, ...rest }: World = {}): DoctorWorld {
  const { service, actor } = fakeSession({});
  return {
    service,
    actor,
    rules: rulesOf(rulesText()),
    folders: new LocalFolders(home),
    now: afterStart(60),
    ...rest,
    // A store of which a test says what it needs; everything else is a mistake of the test.
    store: {
      environments: () => Promise.resolve(running ?? [stateOf('staging')]),
      listPromotions: () => Promise.resolve([]),
      load: () => Promise.resolve(undefined),
      holdersOf: () => Promise.resolve([]),
      ...store,
    } as ServiceStore,
    ports: { ...unreachablePorts, ...ports },
  };
}

export async function findingsOf(findings: AsyncIterable<DoctorFinding>): Promise<readonly DoctorFinding[]> {
  const all: DoctorFinding[] = [];
  for await (const finding of findings) all.push(finding);
  return all;
}
