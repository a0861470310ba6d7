import { NativeSelect } from '@mantine/core';
import type { KnownPlace } from './places-query.ts';

interface PlaceChoiceProps {
  readonly places: readonly KnownPlace[];
  readonly application: string | undefined;
  readonly environment: string | undefined;
  readonly onChange: (place: KnownPlace) => void;
}

/** Which application, in which of its environments. */
export function PlaceChoice({ places, application, environment, onChange }: PlaceChoiceProps) {
  const applications = [...new Set(places.map((place) => place.application))];
  const environmentsOf = (wanted: string | undefined): readonly string[] =>
    places.filter((place) => place.application === wanted).map((place) => place.environment);
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label="Application"
        data={applications}
        value={application ?? ''}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          const there = environmentsOf(chosen);
          const same = there.find((each) => each === environment) ?? there[0];
          if (same !== undefined) onChange({ application: chosen, environment: same });
        }}
      />
      <NativeSelect
        size="xs"
        aria-label="Environment"
        data={[...environmentsOf(application)]}
        value={environment ?? ''}
        onChange={(event) => {
          if (application !== undefined) onChange({ application, environment: event.currentTarget.value });
        }}
      />
    </>
  );
}
