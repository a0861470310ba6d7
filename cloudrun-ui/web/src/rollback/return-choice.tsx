import { NativeSelect } from '@mantine/core';
import type { Revision } from '../api/queries.ts';
import { databaseFates, fateWords, type DatabaseFate, type ReturnWish } from './return-wish.ts';

interface ReturnChoiceProps {
  readonly revisions: readonly Revision[];
  /** Undefined: nobody knows yet. */
  readonly hasDatabase: boolean | undefined;
  /** Why its back-up cannot be put back. */
  readonly restoreRefused: string | null;
  readonly wish: ReturnWish;
  readonly onWish: (wish: ReturnWish) => void;
}

/** To which release, and what becomes of the database; where there is nothing to choose, nothing is asked. */
export function ReturnChoice({ revisions, hasDatabase, restoreRefused, wish, onWish }: ReturnChoiceProps) {
  const returnable = revisions.filter(({ canReturn }) => canReturn);
  return (
    <>
      {returnable.length > 1 && (
        <NativeSelect
          label="Return to"
          data={[
            { value: '', label: 'the newest release that was verified before' },
            ...returnable.map(({ number, release }) => ({
              value: String(number),
              label: `${release} (revision ${String(number)})`,
            })),
          ]}
          value={wish.number === undefined ? '' : String(wish.number)}
          onChange={({ currentTarget: { value } }) => {
            onWish({ ...wish, number: value === '' ? undefined : Number(value) });
          }}
        />
      )}
      {hasDatabase !== false && (
        <NativeSelect
          label="The database"
          data={databaseFates.map((fate) => ({
            value: fate,
            label: fateWords[fate],
            disabled: fate === 'back-up-restored' && restoreRefused !== null,
          }))}
          value={wish.fate}
          onChange={({ currentTarget: { value } }) => {
            onWish({ ...wish, fate: value as DatabaseFate });
          }}
        />
      )}
    </>
  );
}
