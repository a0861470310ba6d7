import type { MatrixPage } from '../../api/queries.ts';

interface Pages {
  readonly pages: MatrixPage[];
  readonly pageParams: unknown[];
}

/** What is said of an application, or of `*`: all of them. */
interface OfApplication {
  readonly application: string;
}

/** Puts rows as they are now in the place of those that are shown; an application that is gone loses its row. */
export function renewRows<Data extends Pages>(data: Data, asked: readonly string[], fresh: MatrixPage): Data {
  const renewed = new Map(fresh.items.map((row) => [row.application, row]));
  const isAsked = new Set(asked);
  const isRenewed = ({ application }: OfApplication): boolean => application === '*' || isAsked.has(application);
  return {
    ...data,
    pages: data.pages.map((page) => {
      const holds = new Set(page.items.map(({ application }) => application));
      if (!asked.some((application) => holds.has(application))) return page;
      const renew = <Scoped extends OfApplication>(old: readonly Scoped[], now: readonly Scoped[]): Scoped[] => [
        ...old.filter((each) => !isRenewed(each)),
        ...now.filter(({ application }) => application === '*' || holds.has(application)),
      ];
      return {
        ...page,
        items: page.items.flatMap((row) =>
          isAsked.has(row.application) ? (renewed.get(row.application) ?? []) : [row],
        ),
        closures: renew(page.closures, fresh.closures),
        freezesAhead: renew(page.freezesAhead, fresh.freezesAhead),
      };
    }),
  };
}

/** Whether a row that is not there belongs among those that are: pages are loaded by the names of their applications. */
export function isMissing(pages: readonly MatrixPage[], application: string, search: string): boolean {
  const last = pages.at(-1);
  if (last === undefined || !application.toLowerCase().includes(search.toLowerCase())) return false;
  if (pages.some(({ items }) => items.some((row) => row.application === application))) return false;
  const end = last.items.at(-1)?.application;
  return last.next === null || end === undefined || application < end;
}
