import { z } from '@hono/zod-openapi';
import { instant } from './instant.ts';

export const openItemSchema = z
  .strictObject({
    id: z.string(),
    kind: z.enum(['merge-back', 'post-mortem', 'checklist']),
    application: z.string(),
    environment: z.string(),
    promotionId: z.string(),
    detail: z.string(),
    openedAt: instant,
  })
  .openapi('OpenItem', { description: 'What is to be done after a promotion, and was not yet.' });

export const checklistItemSchema = z
  .strictObject({
    number: z.int().openapi({ description: 'From 1; the item may be named by it.' }),
    item: z.string(),
    phase: z.enum(['before', 'after']),
    gate: z.string().nullable(),
    role: z.string().nullable(),
    state: z.enum(['open', 'ticked-by-person', 'ticked-by-gate', 'overruled']),
    by: z.string().nullable(),
    note: z.string().nullable(),
    at: instant.nullable(),
  })
  .openapi('ChecklistItem');

export const noteSchema = z.strictObject({ by: z.string(), text: z.string(), at: instant }).openapi('Note');

export const approvalSchema = z
  .strictObject({
    stage: z.string(),
    by: z.string(),
    saidBy: z.string().nullable().openapi({ description: 'Who spoke for that person, unverified.' }),
    decision: z.enum(['approved', 'rejected']),
    planHash: z.string(),
    isOverThisPlan: z.boolean(),
    comment: z.string().nullable(),
    at: instant,
  })
  .openapi('Approval');

/** What people had to do with a promotion. */
export const peopleShape = {
  approvals: z.array(approvalSchema),
  checklist: z.array(checklistItemSchema),
  notes: z.array(noteSchema),
  openItems: z.array(openItemSchema),
  spokenFor: z.array(z.strictObject({ person: z.string(), by: z.string() })),
};
