import { coverageGate } from './coverage-gate.ts';
import { customGate } from './custom-gate.ts';
import { findingsGate } from './findings-gate.ts';
import type { GateDefinition } from './gate.ts';
import { healthGate } from './health-gate.ts';
import { migrationsGate } from './migrations-gate.ts';
import { responseTimesGate } from './response-times-gate.ts';
import { testsGate } from './tests-gate.ts';

/** Every gate this engine can judge, by name. A test checks that no gate file is missing here. */
export const builtInGates: ReadonlyMap<string, GateDefinition> = new Map(
  [testsGate, coverageGate, findingsGate, healthGate, responseTimesGate, migrationsGate, customGate].map((gate) => [
    gate.name,
    gate as GateDefinition,
  ]),
);
