import { StatusMark } from '../status/status-mark.tsx';
import { When } from '../time/when.tsx';
import type { RollbackPreview } from './rollback-preview-query.ts';

interface LostWritesProps {
  readonly preview: Pick<RollbackPreview, 'discards' | 'schema'>;
}

/** What of the database is lost, what stays only for not to be lost, or that nobody can tell. */
export function LostWrites({ preview: { discards, schema } }: LostWritesProps) {
  if (discards !== null) {
    return (
      <li>
        <StatusMark kind="failed">
          Everything written since <When at={discards.since} /> is lost; {discards.rowsInBackUp.toLocaleString('en')}{' '}
          rows are in the back-up
        </StatusMark>
      </li>
    );
  }
  const names = (schema?.lossy ?? []).map(({ version, name }) => `${String(version)} (${name})`).join(', ');
  switch (schema?.kind) {
    case 'refuse':
      return (
        <li>
          <StatusMark kind="failed">It would fail: {schema.reason}. Choose what becomes of the database</StatusMark>
        </li>
      );
    case 'unknown':
      return (
        <li>
          <StatusMark kind="waiting">What becomes of the schema cannot be told now: {schema.reason}</StatusMark>
        </li>
      );
    case 'revert':
      if (names === '') return <NothingLost />;
      return (
        <li>
          <StatusMark kind="failed">What was written into migration {names} since is lost</StatusMark>
        </li>
      );
    default:
      return (
        <>
          <NothingLost />
          {names !== '' && (
            <li>
              <StatusMark kind="ended" isQuiet>
                Migration {names} stays, since undoing it would lose what was written into it
              </StatusMark>
            </li>
          )}
        </>
      );
  }
}

function NothingLost() {
  return (
    <li>
      <StatusMark kind="promoted">No write is lost</StatusMark>
    </li>
  );
}
