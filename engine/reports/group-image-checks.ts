import type { ReportedCheck } from './promotion-report.ts';

/**
 * The same checks, where several images that were found alike are told in one line, at the place of the first of them:
 * "orders, web: no labels demanded".
 */
export function groupImageChecks(checks: readonly ReportedCheck[]): readonly ReportedCheck[] {
  const groups = Map.groupBy(checks, keyOf);
  return [...groups.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const { found } = splitDetail(first);
    const services = alike.map((check) => splitDetail(check).service).filter((service) => service !== '');
    return [alike.length === 1 ? first : { ...first, detail: `${services.join(', ')}: ${found}` }];
  });
}

/** What is of no image is alike to nothing else. */
function keyOf(check: ReportedCheck, index: number): string {
  if (!check.check.startsWith('image ')) return String(index);
  const { step, check: name, verdict, threshold, forcedBy } = check;
  return JSON.stringify([step, name, verdict, splitDetail(check).found, threshold, forcedBy]);
}

/** An image's service stands before what was found of it. */
function splitDetail({ detail }: ReportedCheck): { readonly service: string; readonly found: string } {
  const at = detail.indexOf(': ');
  return at === -1 ? { service: '', found: detail } : { service: detail.slice(0, at), found: detail.slice(at + 2) };
}
