/** What people look for in the trail, each with the types of entries that tell of it. */
export const whatGroups = {
  requests: { label: 'Requests', types: ['requested', 'follow-up'] },
  decisions: {
    label: 'Approvals and rejections',
    types: ['approval-given', 'approval-refused', 'auto-approval-declined'],
  },
  overrides: { label: 'Rules set aside', types: ['override', 'finding-waived', 'waiver-revoked'] },
  checklists: { label: 'Checklists and notes', types: ['checklist-ticked', 'item-opened', 'item-closed', 'note'] },
  rollbacks: {
    label: 'Rollbacks',
    types: [
      'rollback-requested',
      'rollback-resumed',
      'rollback-escalated',
      'rollback-confirmation-withdrawn',
      'compensation-finished',
      'compensation-failed',
    ],
  },
  failures: { label: 'Failures', types: ['failed', 'step-failed', 'step-passed-over', 'compensation-failed'] },
  ends: { label: 'Ends', types: ['ended', 'superseded'] },
  releases: { label: 'Releases', types: ['release-marked-bad', 'release-unmarked-bad', 'adopted', 'evidence-added'] },
  calendar: {
    label: 'Holds and freezes',
    types: [
      'environment-held',
      'environment-released',
      'freeze-declared',
      'freeze-lifted',
      'auto-promotion-paused',
      'auto-promotion-resumed',
    ],
  },
  roles: { label: 'Roles', types: ['role-bound', 'role-unbound'] },
  trail: { label: 'The trail itself', types: ['audit-pruned', 'logs-pruned', 'clock-moved'] },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly types: readonly string[] }>>;

export type WhatGroup = keyof typeof whatGroups;

export function isWhatGroup(value: unknown): value is WhatGroup {
  return typeof value === 'string' && Object.hasOwn(whatGroups, value);
}
