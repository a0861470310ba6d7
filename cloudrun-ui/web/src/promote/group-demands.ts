import type { Demand } from './demands-query.ts';

/** What is asked, under the word for what it is. */
export interface DemandGroup {
  readonly title: string;
  readonly words: readonly string[];
}

/** In the order in which a promotion meets them; what else the rules say is for the page of the rules. */
const titles: readonly (readonly [subject: string, title: string])[] = [
  ['after', 'After'],
  ['soak', 'Soak'],
  ['gate', 'Gates'],
  ['checklist', 'Checklist'],
  ['approval', 'Approvals'],
  ['windows', 'Open'],
  ['freeze', 'Freezes'],
  ['hold', 'Hold'],
  ['deployment', 'Deployment'],
  ['canary', 'Canary'],
  ['bake', 'Bake'],
  ['rollback', 'Rollback'],
];

/** What a way asks for, without what it does not: "none" says nothing to whoever promotes. */
export function groupDemands(demands: readonly Pick<Demand, 'subject' | 'words'>[]): readonly DemandGroup[] {
  return titles.flatMap(([subject, title]) => {
    const words = demands.filter((each) => each.subject === subject && each.words !== 'none').map((each) => each.words);
    return words.length === 0 ? [] : [{ title, words }];
  });
}
