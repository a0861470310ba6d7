import type { Path } from '../rules/schema.ts';
import { plainJson } from './plain-json.ts';
import type { GateRequirement } from './definition.ts';

/** The gates that a path demands, those of the team's own behind the engine's. */
export function gateRequirements(path: Path, readyPercent: number): readonly GateRequirement[] {
  const { custom, ...gates } = path.gates;
  const builtIn = Object.entries(gates).flatMap(([gate, settings]) => {
    if (settings === undefined || settings === false) return [];
    const { maxAgeSeconds, onMissing, ...own } = settings;
    const config = gate === 'readiness' ? { ...own, readyPercent, needsAcknowledgement: true } : own;
    const phases = 'phases' in settings ? { phases: settings.phases } : {};
    return [{ gate, config: plainJson(config), onMissing, maxAgeSeconds, ...phases }];
  });
  const ofTheTeam = custom.map(({ maxAgeSeconds, onMissing, ...config }) => {
    return { gate: 'custom', name: config.name, config: plainJson(config), onMissing, maxAgeSeconds };
  });
  return [...builtIn, ...ofTheTeam];
}
