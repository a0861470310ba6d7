import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { applicationsQuery } from '../../api/queries.ts';

interface ApplicationChoiceProps {
  readonly application: string | undefined;
  readonly onChoose: (application: string) => void;
}

/** Which application's way is shown, found by a part of its name. */
export function ApplicationChoice({ application, onChoose }: ApplicationChoiceProps) {
  const [search, setSearch] = useState('');
  const { data: found = [] } = useQuery(applicationsQuery(search === application ? '' : search));
  return (
    <Select
      size="xs"
      aria-label="Application"
      placeholder="Application"
      searchable
      allowDeselect={false}
      data={application === undefined || found.includes(application) ? [...found] : [application, ...found]}
      value={application ?? null}
      onSearchChange={setSearch}
      onChange={(chosen) => {
        if (chosen !== null) onChoose(chosen);
      }}
      nothingFoundMessage="No application is called so."
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  );
}
