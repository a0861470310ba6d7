import { Button, NativeSelect } from '@mantine/core';
import type { ChosenPair } from './choose-pair.ts';
import type { CompareSearch } from './read-compare-search.ts';

interface PairChoiceProps {
  readonly pair: ChosenPair;
  readonly applications: readonly string[];
  readonly onChange: (search: CompareSearch) => void;
}

/** Which application, and which two of its environments. */
export function PairChoice({ pair, applications, onChange }: PairChoiceProps) {
  const { application, from, to, environments } = pair;
  const of = application === undefined ? {} : { application };
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label="Application"
        data={[...(applications.length > 1 ? [{ value: '', label: 'Every application' }] : []), ...applications]}
        value={application ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...(value === '' ? {} : { application: value }), from, to })
        }
      />
      <NativeSelect
        size="xs"
        aria-label="From"
        data={environments.filter((each) => each !== to)}
        value={from}
        onChange={(event) => onChange({ ...of, from: event.currentTarget.value, to })}
      />
      <NativeSelect
        size="xs"
        aria-label="To"
        data={environments.filter((each) => each !== from)}
        value={to}
        onChange={(event) => onChange({ ...of, from, to: event.currentTarget.value })}
      />
      <Button size="xs" onClick={() => onChange({ ...of, from: to, to: from })}>
        Swap
      </Button>
    </>
  );
}
