import { describeSeconds } from '../contract/describe-seconds.ts';
import type { Definition } from './definition.ts';

/** In what a promotion in the emergency lane differs from one of its path, for people, a line each; none: it is in no lane. */
export function describeHotfix({
  hotfix,
  approvalStages,
}: Pick<Definition, 'hotfix' | 'approvalStages'>): readonly string[] {
  if (hotfix === undefined) return [];
  const { isEntry, verifySeconds, instead } = hotfix;
  const { soakSeconds, stages, gates, checklistItems, skipped } = instead;
  const approval = approvalStages.map(({ name }) => name).join(', ');
  return [
    `approval by ${approval}${stages.length === 0 ? '' : ` instead of ${stages.join(', ')}`}`,
    ...(skipped.length === 0 ? [] : [`passes by ${skipped.join(', ')}`]),
    ...(isEntry
      ? ['need not have been verified before']
      : [`verified for ${describeSeconds(verifySeconds)}${soakText(soakSeconds)}`]),
    ...(gates.length === 0 ? [] : [`without ${gates.join(', ')}`]),
    ...(checklistItems === 0 ? [] : [`${String(checklistItems)} items of the checklist are not asked for`]),
    'waits for no window, and for no freeze that lets hotfixes through',
  ];
}

function soakText(soakSeconds: number): string {
  return soakSeconds === 0 ? '' : ` instead of ${describeSeconds(soakSeconds)}`;
}
