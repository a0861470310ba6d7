import type { DoctorFinding } from '../session.ts';
import type { DoctorWorld } from './doctor-world.ts';
import { examineApprovals } from './examine-approvals.ts';
import { examineConfiguration } from './examine-configuration.ts';
import { examineBackupsFolder, examineDatabases } from './examine-databases.ts';
import { examineDeliveries } from './examine-deliveries.ts';
import { examineFlags } from './examine-flags.ts';
import { examinePromotions } from './examine-promotions.ts';
import { examineRegistries } from './examine-registries.ts';
import { examineServices } from './examine-services.ts';
import { examineSpeed } from './examine-speed.ts';
import { examineStarts } from './examine-starts.ts';
import { examineTests } from './examine-tests.ts';

/**
 * Each cause of trouble that the guides name, one after the other.
 * @param isServed whether the platform runs that serves what is deployed; while it does not, everything that would answer
 *   through it is silent for this one cause, which is told elsewhere.
 */
export async function* examineWorld(world: DoctorWorld, isServed: boolean): AsyncIterable<DoctorFinding> {
  if (isServed) yield* examineServices(await world.store.environments(), world.rules, world.ports);
  else yield notServed;
  yield* examineApprovals(world);
  yield* examineDeliveries(world);
  yield* examineRegistries(world);
  if (isServed) yield* examineDatabases(world);
  else yield await examineBackupsFolder(world);
  yield* examineConfiguration(world);
  yield* examineFlags(world);
  if (isServed) {
    yield* examineStarts(world);
    yield* examineSpeed(world);
    yield* examineTests(world);
  }
  yield* examinePromotions(world);
}

const notServed: DoctorFinding = {
  subject: 'services',
  level: 'warn',
  detail:
    'services, databases, starts, speed and tests were not looked at: the local platform serves them, and is gone',
  remedy: 'npm start, then promote doctor again',
};
