import { z } from '@hono/zod-openapi';
import { replayJson } from '../../../cli/json/replay-json.ts';
import { explanationJson, graphJson, problemsJson } from '../../../cli/json/rules-json.ts';
import { query, command } from '../endpoint/endpoint.ts';
import { askedInstant, instant } from '../shapes/instant.ts';
import { word } from '../shapes/names.ts';

const place = z.strictObject({ file: z.string(), line: z.int() });

export const showRules = query({
  path: '/api/rules',
  tag: 'Rules',
  name: 'show rules',
  asks: 'read',
  summary: 'Shows the paths of the rules that hold now, with what each demands and where that is said.',
  answer: z
    .strictObject({
      file: z.string(),
      environments: z.array(z.strictObject({ name: z.string(), aliases: z.array(z.string()) })),
      paths: z.array(
        z.strictObject({
          from: z.string(),
          to: z.string(),
          after: z.union([z.enum(['any', 'all']), z.strictObject({ atLeast: z.int(), of: z.array(z.string()) })]),
          soakSeconds: z.number(),
          gates: z.array(z.strictObject({ gate: z.string(), settings: z.looseObject({}) })),
          approvals: z.array(z.looseObject({ name: z.string(), minimumApprovals: z.int() })),
          checklist: z.strictObject({ items: z.int(), tickedByGates: z.int() }),
          windows: z.array(z.looseObject({ kind: z.string() })),
          canary: z.looseObject({}).nullable(),
          bakeSeconds: z.number(),
          places: z.array(z.strictObject({ setting: z.string(), file: z.string(), line: z.int() })),
        }),
      ),
    })
    .openapi('Rules'),
  problems: ['rules-wrong'],
  async handle({ service }, { actor }) {
    const { rules, places } = await service.overview.rules(actor);
    return graphJson(places.file, rules, places);
  },
});

export const explainRules = query({
  path: '/api/rules/explanation',
  tag: 'Rules',
  name: 'explain rules',
  asks: 'read',
  summary: 'Says in words what a path demands, and whether the rules have it open at a moment.',
  query: z.strictObject({
    to: word,
    from: word.optional(),
    application: word.optional(),
    at: askedInstant.optional().openapi({ description: 'Default: now.' }),
  }),
  answer: z
    .strictObject({
      from: z.string(),
      to: z.string(),
      application: z.string(),
      settings: z.array(z.strictObject({ subject: z.string(), words: z.string(), places: z.array(place) })),
      at: instant,
      isOpen: z.boolean(),
      changesAt: instant.nullable(),
      reason: z.string().nullable(),
    })
    .openapi('RulesExplanation'),
  problems: ['requirements-not-met', 'rules-wrong'],
  handle: async ({ service }, { actor, query: words }) => explanationJson(await service.overview.explain(actor, words)),
});

const mostProposalCharacters = 200_000;
const decision = z.looseObject({ kind: z.enum(['let-through', 'refused', 'waiting', 'stopped', 'unknown']) });
const replayed = z.strictObject({
  id: z.string(),
  application: z.string(),
  release: z.string(),
  from: z.string(),
  to: z.string(),
  requestedBy: z.string(),
  requestedAt: instant,
  isDryRun: z.boolean(),
  would: z.enum(['refused', 'let-through', 'waiting', 'unknown']),
  then: decision,
  now: decision,
});

export const proposeRules = command({
  path: '/api/rules/proposals',
  tag: 'Rules',
  name: 'propose rules',
  asks: 'read',
  summary: 'Says what other rules would have decided about the promotions that are stored; nothing is changed.',
  body: z
    .strictObject({
      text: z.string().min(1).max(mostProposalCharacters).openapi({ description: 'A whole rules file.' }),
      application: word.optional(),
      since: askedInstant.optional(),
    })
    .openapi('RulesProposal'),
  answer: z
    .strictObject({
      isUsable: z.boolean(),
      problems: z.array(
        z.strictObject({
          file: z.string(),
          line: z.int(),
          column: z.int(),
          path: z.string(),
          expected: z.string(),
          found: z.string(),
          suggestion: z.string().nullable(),
          message: z.string(),
        }),
      ),
      replay: z
        .strictObject({
          counts: z.strictObject({
            asBefore: z.int(),
            refused: z.int(),
            waiting: z.int(),
            letThrough: z.int(),
            unknown: z.int(),
          }),
          otherwise: z.array(replayed),
          unknown: z.array(replayed),
        })
        .nullable(),
    })
    .openapi('JudgedProposal'),
  async handle({ service }, { actor, body }) {
    const judged = await service.overview.judgeProposal(actor, body);
    if (!judged.ok) return { isUsable: false, problems: problemsJson(judged.problems), replay: null };
    const { counts, otherwise, unknown } = replayJson('proposal', judged.replay);
    return { isUsable: true, problems: [], replay: { counts, otherwise, unknown } };
  },
});
