import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { applicationsOf, placesQuery } from '../../places/places-query.ts';
import { environmentsIn, inApplication, type ScopeChoice } from './scope-choice.ts';

interface ScopeFieldsProps {
  readonly scope: ScopeChoice;
  readonly onChange: (scope: ScopeChoice) => void;
  /** Whether it is for one environment, and never for all. Default: it may be for all. */
  readonly isEnvironmentNamed?: boolean;
}

/** Which application and which environment, or all of them. */
export function ScopeFields({ scope, onChange, isEnvironmentNamed = false }: ScopeFieldsProps) {
  const { data: places = [] } = useQuery(placesQuery);
  const offeredIn = (application: string): readonly string[] => [
    ...(isEnvironmentNamed ? [] : ['*']),
    ...environmentsIn(places, application),
  ];
  return (
    <>
      <NativeSelect
        label="Application"
        data={[{ value: '*', label: 'every application' }, ...applicationsOf(places)]}
        value={scope.application}
        onChange={({ currentTarget: { value } }) => onChange(inApplication(value, scope.environment, offeredIn(value)))}
      />
      <NativeSelect
        label="Environment"
        data={offeredIn(scope.application).map((value) => ({
          value,
          label: value === '*' ? 'every environment' : value,
        }))}
        value={scope.environment}
        onChange={({ currentTarget: { value } }) => onChange({ ...scope, environment: value })}
      />
    </>
  );
}
