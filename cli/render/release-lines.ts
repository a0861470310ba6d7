import { counted } from '../../engine/wording/counted.ts';
import type { Release, ReleaseView } from '../../engine/promotion-service.ts';
import { formatAge } from '../format-duration.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { factText } from './fact-text.ts';
import { table } from './table.ts';

/** Releases a line each, newest first. */
export function releaseListLines(releases: readonly Release[], now: Date, paint: Paint): readonly string[] {
  if (releases.length === 0)
    return ['There is no release yet. promote release create <application> <release> --file <manifest> makes one.'];
  return table(
    releases.map(({ name, digest, content, createdAt, createdBy, bad }) => [
      { text: printable(name), paint: paint.bold },
      digest.slice(0, 'sha256:'.length + 12),
      `${String(content.images.length)} image${content.images.length === 1 ? '' : 's'}`,
      formatAge(createdAt, now),
      `by ${printable(createdBy)}`,
      bad === undefined ? '' : { text: `✖ bad: ${printable(bad.reason)}`, paint: paint.red },
    ]),
  );
}

/** What is in a release, where it runs, and what is known about it. */
export function releaseLines({ release, evidence, runsIn }: ReleaseView, now: Date, paint: Paint): readonly string[] {
  const { application, name, digest, content, createdAt, createdBy, bad } = release;
  const rows: (readonly [string, string])[] = [
    ['digest', digest],
    ['made', `${formatAge(createdAt, now)} by ${createdBy}`],
    [
      'runs in',
      runsIn.map((each) => `${each.environment}${each.isVerified ? '' : ' (not verified)'}`).join(', ') ||
        'no environment',
    ],
    ...content.images.map(({ service, image, digest: of }, index): readonly [string, string] => [
      index === 0 ? 'images' : '',
      `${service}  ${image}@${of}`,
    ]),
    ['configuration', Object.keys(content.configuration).join(', ') || 'nothing'],
    ['database', databaseText(content.database)],
    ['flags', content.flags.map(({ key }) => key).join(', ') || 'none'],
    ...(content.needs === undefined ? [] : [['needs', needsText(content.needs)] as const]),
    ['source', content.source === undefined ? 'not said' : `${content.source.repository} at ${content.source.commit}`],
    ...evidence.map(({ collectedAt, source, fact }, index): readonly [string, string] => [
      index === 0 ? 'evidence' : '',
      `${fact.kind}  ${factText(fact)}  ${formatAge(collectedAt, now)} from ${source}`,
    ]),
    ...(evidence.length === 0
      ? [
          [
            'evidence',
            `none yet; promote evidence add ${application} --release ${name} --file <report> records it`,
          ] as const,
        ]
      : []),
  ];
  return [
    `${paint.bold(printable(application))} ${printable(name)}${bad === undefined ? '' : `   ${paint.red(`✖ bad since ${formatAge(bad.since, now)}: ${printable(bad.reason)} (${printable(bad.by)})`)}`}`,
    ...table(
      rows.map(([title, text]) => [{ text: title, paint: paint.dim }, printable(text)]),
      '  ',
    ),
  ];
}

function needsText(needs: NonNullable<Release['content']['needs']>): string {
  return Object.entries(needs)
    .filter(([, names]) => names.length > 0)
    .map(([kind, names]) => `${kind} ${names.join(', ')}`)
    .join('; ');
}

function databaseText(database: Release['content']['database']): string {
  if (database === undefined) return 'none';
  const { schemaRange, migrations } = database;
  return `schema ${String(schemaRange.min)} to ${String(schemaRange.max)}, ${counted(migrations.length, 'migration')}`;
}
