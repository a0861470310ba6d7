import { z } from 'zod';

const text = z.string().optional().catch(undefined);
const texts = z.array(text).catch([]);
const flag = z.boolean().optional().catch(undefined);
const present = z
  .unknown()
  .optional()
  .transform((value) => value !== undefined && value !== null);
const number = z.number().optional().catch(undefined);

/** Reads what it can of a group; whatever is no group is an empty one. */
function group<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess(
    (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}),
    z.object(shape),
  );
}
const groups = <Shape extends z.ZodRawShape>(shape: Shape) => z.array(group(shape)).catch([]);

const stage = { name: text, roles: texts, people: texts, minimumApprovals: number };

const freeze = { environments: texts, overridable: flag };

const requirement = {
  gates: group({ custom: groups({ name: text }) }),
  verification: group({ custom: groups({ name: text }) }),
  checklist: groups({ item: text, gate: text, by: text, phase: text }),
  approvals: group({ stages: groups(stage), mayAutoApprove: texts, samePersonMayFillStages: flag }),
  rollback: group({ escalateTo: texts }),
  canary: group({ enabled: flag }),
  deploymentStrategy: text,
  database: group({ rowMoves: groups({ table: text, approval: group(stage) }) }),
  force: group({ allowed: flag, roles: texts, people: texts }),
  skipValidation: group({ roles: texts, people: texts }),
  freezeOverride: group({ roles: texts, people: texts }),
  steps: group({ leaveOut: texts, custom: groups({ name: text, after: text, compensation: present }) }),
};

/**
 * The parts of a rules document that refer to each other, read from data that need not be valid, so that wrong
 * references are told together with wrong values. Positions in lists are those of the document.
 */
const outlineSchema = group({
  mandatory: groups({ into: texts }),
  applications: groups({
    name: text,
    services: groups({ name: text }),
    freezes: groups(freeze),
  }),
  freezes: groups(freeze),
  environments: groups({
    name: text,
    aliases: texts,
    freezes: groups({ overridable: flag }),
    deploymentStrategy: text,
    services: groups({ name: text }),
    testing: group({
      protectedEndpoints: groups({ service: text }),
      sensitiveEndpoints: groups({ service: text }),
      integrations: groups({ service: text, calls: text }),
    }),
  }),
  defaults: group(requirement),
  paths: groups({
    from: text,
    to: text,
    after: group({ atLeast: number, of: texts }),
    ...requirement,
  }),
  hotfix: group({ entry: text, approvals: groups(stage), setAside: texts }),
  roles: groups({ name: text, people: texts }).optional(),
  notifications: group({
    channels: groups({ name: text }),
    routes: groups({ channels: texts, environments: texts }),
  }),
});
export type Outline = z.infer<typeof outlineSchema>;
export type RequirementOutline = Outline['defaults'];
export type StageOutline = Outline['hotfix']['approvals'][number];

export function outlineOf(document: unknown): Outline {
  return outlineSchema.parse(document);
}
