/** Where pages are, as addresses, for links that stand in a table by the thousand. */

export function addressOfPromotion(id: string): string {
  return `/promotions/${encodeURIComponent(id)}`;
}

export function addressOfPipeline(application: string): string {
  return `/pipelines?${new URLSearchParams({ application }).toString()}`;
}

/** Home as it is, with the drawer in which an application is promoted. @param search of which applications home shows. */
export function addressOfPromoting(application: string, search: string): string {
  const words = { ...(search === '' ? {} : { search }), promote: application };
  return `/?${new URLSearchParams(words).toString()}`;
}
