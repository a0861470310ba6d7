import type { Command } from '../../engine/authorization.ts';

/** Who may ask for what, in words of its own: what the service does must be the same. */
export const mayAsk: Readonly<Record<Command, readonly string[]>> = {
  read: ['viewer', 'promoter', 'approver', 'operator', 'admin'],
  'verify-audit': ['viewer', 'promoter', 'approver', 'operator', 'admin'],
  'export-audit': ['viewer', 'promoter', 'approver', 'operator', 'admin'],
  run: ['promoter', 'operator', 'admin'],
  cancel: ['promoter', 'operator', 'admin'],
  'create-release': ['promoter', 'operator', 'admin'],
  'add-evidence': ['promoter', 'operator', 'admin'],
  'close-item': ['promoter', 'operator', 'admin'],
  'auto-approve': ['promoter', 'operator', 'admin'],
  hotfix: ['promoter', 'operator', 'admin'],
  tick: ['promoter', 'approver', 'operator', 'admin'],
  note: ['promoter', 'approver', 'operator', 'admin'],
  approve: ['approver'],
  reject: ['approver'],
  waive: ['approver', 'admin'],
  retry: ['operator', 'admin'],
  rollback: ['operator', 'admin'],
  adopt: ['operator', 'admin'],
  force: ['operator', 'admin'],
  'skip-validation': ['operator', 'admin'],
  'override-freeze': ['operator', 'admin'],
  hold: ['operator', 'admin'],
  freeze: ['operator', 'admin'],
  'mark-bad': ['operator', 'admin'],
  resume: ['operator', 'admin'],
  'confirm-rollback': ['operator', 'admin'],
  'test-environment': ['promoter', 'operator', 'admin'],
  'redirect-configuration': ['operator', 'admin'],
  'bind-role': ['admin'],
  'move-clock': ['admin'],
  'prune-audit': ['admin'],
};
/** `sre` is a role of the rules: it approves where a stage names it, and may do nothing by itself. */
export const heldRoles = ['viewer', 'promoter', 'approver', 'operator', 'admin', 'sre', 'none'] as const;

export const boundFor = {
  'its environment': { application: 'shop', environment: 'production' },
  'its application': { application: 'shop', environment: '*' },
  'its environment of every application': { application: '*', environment: 'production' },
  everything: { application: '*', environment: '*' },
  'another application': { application: 'blog', environment: '*' },
  'another environment': { application: 'shop', environment: 'dev' },
} as const;
export type Binding = keyof typeof boundFor;
