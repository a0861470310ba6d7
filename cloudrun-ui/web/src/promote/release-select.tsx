import { NativeSelect } from '@mantine/core';
import type { ReleaseSummary } from '../api/queries.ts';
import type { PipelinePath } from '../pages/pipelines/pipeline-query.ts';

interface ReleaseSelectProps {
  readonly path: PipelinePath;
  /** What runs where the path ends. */
  readonly there: string | undefined;
  readonly releases: readonly ReleaseSummary[];
  readonly value: string | undefined;
  readonly onChange: (release: string) => void;
}

/** Which release; those that are marked bad are told, and cannot be chosen. */
export function ReleaseSelect({ path, there, releases, value, onChange }: ReleaseSelectProps) {
  const bad = releases.find(({ name }) => name === value)?.bad ?? null;
  return (
    <NativeSelect
      label="Release"
      data={releases.map((release) => ({
        value: release.name,
        label: labelOf(release, path, there),
        disabled: release.bad !== null,
      }))}
      value={value ?? ''}
      error={bad === null ? undefined : `Marked bad: ${bad.reason}`}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}

function labelOf(
  { name, bad, images, migrations }: ReleaseSummary,
  { from, to, candidate }: PipelinePath,
  there: string | undefined,
): string {
  const facts = [
    ...(bad === null ? [] : ['marked bad']),
    ...(candidate?.release === name ? [`runs in ${from}`] : []),
    ...(there === name ? [`runs in ${to} already`] : []),
    `${String(images)} ${images === 1 ? 'image' : 'images'}`,
    ...(migrations === 0 ? [] : [`${String(migrations)} ${migrations === 1 ? 'migration' : 'migrations'}`]),
  ];
  return `${name} · ${facts.join(' · ')}`;
}
