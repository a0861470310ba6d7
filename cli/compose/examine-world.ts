import type { DoctorFinding } from '../session.ts';
import type { DoctorWorld } from './doctor-world.ts';
import { examineApprovals } from './examine-approvals.ts';
import { examineConfiguration } from './examine-configuration.ts';
import { examineDatabases } from './examine-databases.ts';
import { examineDeliveries } from './examine-deliveries.ts';
import { examineFlags } from './examine-flags.ts';
import { examinePromotions } from './examine-promotions.ts';
import { examineRegistries } from './examine-registries.ts';
import { examineSpeed } from './examine-speed.ts';
import { examineStarts } from './examine-starts.ts';
import { examineTests } from './examine-tests.ts';

/** Each cause of trouble that the guides name, one after the other. */
export async function* examineWorld(world: DoctorWorld): AsyncIterable<DoctorFinding> {
  yield* examineApprovals(world);
  yield* examineDeliveries(world);
  yield* examineRegistries(world);
  yield* examineDatabases(world);
  yield* examineConfiguration(world);
  yield* examineFlags(world);
  yield* examineStarts(world);
  yield* examineSpeed(world);
  yield* examineTests(world);
  yield* examinePromotions(world);
}
