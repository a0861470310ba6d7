import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ValueDiff } from '../../diff/value-diff.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { StatusMark } from '../../status/status-mark.tsx';
import { configurationDiffQuery, type DiffWish, type Place } from './configuration-query.ts';

interface ConfigurationDiffProps {
  readonly place: Place;
  readonly wish: DiffWish;
}

/** In what the values of two environments, or of two commits, differ. */
export function ConfigurationDiff({ place, wish }: ConfigurationDiffProps) {
  const diff = useQuery(configurationDiffQuery(place, wish));
  if (diff.isPending) return <SkeletonRows count={8} />;
  if (diff.data === undefined) return <QueryError query={diff} />;
  const { from, to, changes } = diff.data;
  return (
    <>
      <QueryError query={diff} />
      <p className="quiet">
        {from} → {to} ·{' '}
        {wish.kind === 'environment' ? (
          <Link to="/compare" search={{ application: place.application, from: wish.against, to: place.environment }}>
            everything in which they differ
          </Link>
        ) : (
          <Link to="/configuration" search={{ ...place }}>
            back to the history
          </Link>
        )}
      </p>
      {changes.length === 0 ? (
        <StatusMark kind="promoted">Every value is the same.</StatusMark>
      ) : (
        <ValueDiff changes={changes} sides={[from, to]} />
      )}
    </>
  );
}
