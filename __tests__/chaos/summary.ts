import type { ChaosResults } from './result-file.ts';

/** A table of what was done and what was found, and every finding. */
export function summarize({ kills, zombies, slots }: ChaosResults): string {
  const rows: (readonly [string, string])[] = [];
  if (kills !== undefined) {
    const { effects } = kills;
    rows.push(
      ['Kills', `${String(kills.kills)} at ${String(Object.keys(kills.killsByPoint).length)} points`],
      ['  points not reached', String(kills.pointsNotReached.length)],
      ['  promotions', String(kills.promotions)],
      ['  commits on branches', String(effects.branchMoves)],
      ['  image indexes replaced', String(effects.imageIndexReplacements)],
      ['  flag files replaced', String(effects.flagReplacements)],
      ['  schema changes', String(effects.schemaChanges)],
      ['  deployments', String(effects.deployments)],
      ['  rows kept', String(kills.rowsAcknowledged)],
      ['  audit entries verified', String(kills.auditEntries)],
      ['  findings', String(kills.findings.length)],
      ['  time', seconds(kills.seconds)],
    );
  }
  if (zombies !== undefined) {
    const variants = Object.entries(zombies.zombiesByVariant).map(([variant, count]) => `${String(count)} ${variant}`);
    rows.push(
      ['Zombies', `${String(zombies.zombies)} (${variants.join(', ')})`],
      ['  points', String(Object.keys(zombies.zombiesByPoint).length)],
      ['  findings', String(zombies.findings.length)],
      ['  time', seconds(zombies.seconds)],
    );
  }
  if (slots !== undefined) {
    rows.push(
      ['Slots', `${String(slots.promotions)} promotions in ${String(slots.slots)} slots`],
      ['  completed', String(slots.completed)],
      ['  workers killed', String(slots.workerKills)],
      ['  lines witnessed', String(slots.linesWitnessed)],
      ['  steps repeated', String(slots.repeatedSteps)],
      ['  findings', String(slots.findings.length)],
      ['  time', seconds(slots.seconds)],
    );
  }
  const table = rows.map(([name, value]) => `${name.padEnd(26)} ${value}`);
  const findings = [kills, zombies, slots].flatMap((part) => part?.findings ?? []);
  return [...table, '', ...(findings.length === 0 ? ['Nothing was found.'] : findings)].join('\n');
}

export function hasFindings({ kills, zombies, slots }: ChaosResults): boolean {
  return [kills, zombies, slots].some((part) => (part?.findings.length ?? 0) > 0);
}

function seconds(value: number): string {
  return `${value.toFixed(0)} s`;
}
