import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { CodeText } from '../../text/code-text.tsx';
import { chooseTwo } from '../history/choose-two.ts';
import chosenStyles from '../history/chosen-two.module.css';
import { configurationQuery, type Place } from './configuration-query.ts';
import { olderFirst } from './older-first.ts';
import { RevisionList } from './revision-list.tsx';

/** Every commit that changed the values, of which two can be compared. */
export function RevisionHistory({ place }: { readonly place: Place }) {
  const history = useQuery(configurationQuery(place));
  const [chosen, setChosen] = useState<readonly string[]>([]);
  if (history.isPending) return <SkeletonRows count={8} />;
  if (history.data === undefined) return <QueryError query={history} />;
  const { repository, branch, path, revisions, isCut } = history.data;
  const [from, to] = olderFirst(chosen, revisions);
  return (
    <>
      <QueryError query={history} />
      <p className="quiet">
        <CodeText>{path}</CodeText> on <CodeText>{branch}</CodeText> of <CodeText>{repository}</CodeText>
      </p>
      {revisions.length === 0 && (
        <EmptyNotice title="Here stands each change of these values, with who made it.">
          <p>Nothing has changed there yet. A promotion that sets values does, and so does a commit by hand.</p>
        </EmptyNotice>
      )}
      {from !== undefined && (
        <div className={chosenStyles['chosen']} role="status">
          {to === undefined ? (
            <>{from.slice(0, 10)} is chosen. Choose another one to compare it with.</>
          ) : (
            <>
              {from.slice(0, 10)} and {to.slice(0, 10)}
              <Button
                size="xs"
                variant="filled"
                renderRoot={(props) => <Link to="/configuration" search={{ ...place, from, to }} {...props} />}
              >
                Compare them
              </Button>
            </>
          )}
        </div>
      )}
      {revisions.length > 0 && (
        <RevisionList
          revisions={revisions}
          chosen={chosen}
          onChoose={(commit) => setChosen((before) => chooseTwo(before, commit))}
        />
      )}
      {isCut && <p className="quiet">There are older ones: promote configuration history lists them.</p>}
    </>
  );
}
