import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { placesQuery } from '../../places/places-query.ts';

/** Where something counts; `*` is everywhere. */
export interface ScopeChoice {
  readonly application: string;
  readonly environment: string;
}

interface ScopeFieldsProps {
  readonly scope: ScopeChoice;
  readonly onChange: (scope: ScopeChoice) => void;
  /** Whether it is for one environment, and never for all. Default: it may be for all. */
  readonly isEnvironmentNamed?: boolean;
}

/** Which application and which environment, or all of them. */
export function ScopeFields({ scope, onChange, isEnvironmentNamed = false }: ScopeFieldsProps) {
  const { data: places = [] } = useQuery(placesQuery);
  const applications = [...new Set(places.map(({ application }) => application))];
  const environments = [
    ...new Set(
      places
        .filter(({ application }) => scope.application === '*' || application === scope.application)
        .map(({ environment }) => environment),
    ),
  ];
  return (
    <>
      <NativeSelect
        label="Application"
        data={[{ value: '*', label: 'every application' }, ...applications]}
        value={scope.application}
        onChange={(event) => onChange({ ...scope, application: event.currentTarget.value })}
      />
      <NativeSelect
        label="Environment"
        data={[...(isEnvironmentNamed ? [] : [{ value: '*', label: 'every environment' }]), ...environments]}
        value={scope.environment}
        onChange={(event) => onChange({ ...scope, environment: event.currentTarget.value })}
      />
    </>
  );
}
