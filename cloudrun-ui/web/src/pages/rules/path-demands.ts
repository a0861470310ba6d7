import { counted } from '../../text/counted.ts';
import { formatDuration } from '../../time/format-duration.ts';
import type { RulesPath } from './rules-query.ts';

/** What a way demands, in a few words: "6 gates, 2 approvals, soaks 24 h". */
export function pathDemands({ gates, approvals, checklist, soakSeconds, windows, canary }: RulesPath): string {
  const asked = approvals.reduce((sum, { minimumApprovals }) => sum + minimumApprovals, 0);
  return [
    counted(gates.length, 'gate'),
    asked === 0 ? 'no approval' : counted(asked, 'approval'),
    ...(checklist.items > 0 ? [counted(checklist.items, 'item to tick', 'items to tick')] : []),
    ...(soakSeconds > 0 ? [`soaks ${formatDuration(soakSeconds * 1000)}`] : []),
    ...(windows.length > 0 ? [counted(windows.length, 'window')] : []),
    ...(canary === null ? [] : ['canary']),
  ].join(', ');
}
