import { WordFilter } from './word-filter.tsx';

interface PlaceFilter {
  readonly application?: string | undefined;
  readonly environment?: string | undefined;
}

interface PlaceWordsProps {
  readonly filter: PlaceFilter;
  /** With the one that was changed. */
  readonly onChange: (change: PlaceFilter) => void;
}

/** Of which application, and of which environment. */
export function PlaceWords({ filter, onChange }: PlaceWordsProps) {
  return (
    <>
      <WordFilter
        label="Application"
        value={filter.application}
        onChange={(application) => onChange({ application })}
      />
      <WordFilter
        label="Environment"
        value={filter.environment}
        onChange={(environment) => onChange({ environment })}
      />
    </>
  );
}
