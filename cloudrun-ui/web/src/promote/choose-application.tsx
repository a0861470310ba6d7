import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { applicationsQuery } from '../api/queries.ts';

interface ChooseApplicationProps {
  readonly chosen: string | undefined;
  readonly onChoose: (application: string | undefined) => void;
}

/** Finds an application by a part of its name; where there is only one, it is chosen. */
export function ChooseApplication({ chosen, onChoose }: ChooseApplicationProps) {
  const [search, setSearch] = useState('');
  const { data: found = [] } = useQuery(applicationsQuery(search === chosen ? '' : search));
  const only = search === '' && found.length === 1 ? found[0] : undefined;
  useEffect(() => {
    if (only !== undefined && chosen === undefined) onChoose(only);
  }, [only, chosen, onChoose]);
  return (
    <Select
      label="Application"
      searchable
      allowDeselect={false}
      data={chosen === undefined || found.includes(chosen) ? [...found] : [chosen, ...found]}
      value={chosen ?? null}
      onSearchChange={setSearch}
      onChange={(application) => {
        onChoose(application ?? undefined);
      }}
      nothingFoundMessage="No application is called so."
      comboboxProps={{ transitionProps: { duration: 0 } }}
      mb="md"
    />
  );
}
