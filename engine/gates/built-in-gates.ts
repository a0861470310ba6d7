import { bugsGate } from './bugs-gate.ts';
import { canaryGate } from './canary-gate.ts';
import { codeReviewGate } from './code-review-gate.ts';
import { coverageGate } from './coverage-gate.ts';
import { criticalAlertsGate } from './critical-alerts-gate.ts';
import { customGate } from './custom-gate.ts';
import { errorBudgetGate } from './error-budget-gate.ts';
import { findingsGate } from './findings-gate.ts';
import type { GateDefinition, GateRegistry } from './gate.ts';
import { healthGate } from './health-gate.ts';
import { lintGate } from './lint-gate.ts';
import { loadGate } from './load-gate.ts';
import { migrationsGate } from './migrations-gate.ts';
import { performanceGate } from './performance-gate.ts';
import { readinessGate } from './readiness-gate.ts';
import { responseTimesGate } from './response-times-gate.ts';
import { signatureGate } from './signature-gate.ts';
import { sloGate } from './slo-gate.ts';
import { sourceGate } from './source-gate.ts';
import { stabilityGate } from './stability-gate.ts';
import { testsGate } from './tests-gate.ts';

/** Every gate this engine can judge, by name. A test checks that no gate file is missing here. */
export const builtInGates: GateRegistry = new Map(
  [
    testsGate,
    coverageGate,
    findingsGate,
    signatureGate,
    sloGate,
    errorBudgetGate,
    criticalAlertsGate,
    stabilityGate,
    healthGate,
    responseTimesGate,
    codeReviewGate,
    bugsGate,
    lintGate,
    loadGate,
    performanceGate,
    canaryGate,
    sourceGate,
    migrationsGate,
    readinessGate,
    customGate,
  ].map((gate) => [gate.name, gate as GateDefinition]),
);
