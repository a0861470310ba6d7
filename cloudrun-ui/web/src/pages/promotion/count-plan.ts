import type { Plan } from '../../api/queries.ts';

/** What a plan changes, counted: "3 images · 1 value · 1 migration · no flags". */
export function countPlan({ images, configuration, database, flags, source }: Plan): string {
  const moved = images.filter(({ change }) => change !== 'same').length;
  const migrations = database?.migrations.length ?? 0;
  const flagged = flags.added.length + flags.changed.length + flags.switched.length;
  return [
    many(moved, 'image'),
    many(configuration.changes.length, 'value'),
    many(migrations, 'migration'),
    many(flagged, 'flag'),
    ...(source.gained.length > 0 ? [many(source.gained.length, 'commit')] : []),
    ...(source.lost.length > 0 ? [`${many(source.lost.length, 'commit')} lost`] : []),
  ].join(' · ');
}

function many(count: number, what: string): string {
  if (count === 0) return `no ${what}s`;
  return `${String(count)} ${what}${count === 1 ? '' : 's'}`;
}
