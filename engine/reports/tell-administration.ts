import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { actorText } from '../workflow/actor.ts';
import type { ChainedEvent } from '../workflow/transition.ts';
import type { ReportedEntry } from './promotion-report.ts';

/** An entry about what belongs to no promotion as a line for people; one that this engine does not know keeps its machine's name. */
export function tellAdministration({ seq, at, actor, type, data }: ChainedEvent): ReportedEntry {
  return { seq, at: at.toISOString(), by: actorText(actor), type, text: sentence(type, data) };
}

function sentence(type: string, data: JsonObject): string {
  const release = word(data, 'release');
  switch (type) {
    case 'role-bound':
      return `gave ${word(data, 'subject')} the role ${word(data, 'role')} for ${place(data)}`;
    case 'role-unbound':
      return `took the role ${word(data, 'role')} for ${place(data)} from ${word(data, 'subject')}`;
    case 'environment-held':
      return `holds ${place(data)}${until(data)}: ${word(data, 'reason')}`;
    case 'environment-released':
      return `released ${place(data)} from its hold`;
    case 'freeze-declared':
      return `declared the freeze ${word(data, 'name')} of ${place(data)}: ${word(data, 'reason')}`;
    case 'freeze-lifted':
      return `lifted the freeze ${word(data, 'name')} of ${place(data)}`;
    case 'auto-promotion-resumed':
      return `lets releases move into ${place(data)} by themselves again`;
    case 'finding-waived':
      return `set ${word(data, 'finding')} aside: ${word(data, 'reason')}`;
    case 'waiver-revoked':
      return `no longer sets ${word(data, 'finding')} aside: ${word(data, 'because')}`;
    case 'release-marked-bad':
      return `marked ${release} bad: ${word(data, 'reason')}`;
    case 'release-unmarked-bad':
      return `took back that ${release} is bad: ${word(data, 'reason')}`;
    case 'adopted':
      return `recorded ${release} as what runs in ${word(data, 'environment')}`;
    case 'evidence-added':
      return `brought ${evidenceText(data)} about ${release}`;
    case 'item-closed':
      return `did what was left of ${word(data, 'promotionId')} (${word(data, 'kind')}): ${word(data, 'note')}`;
    case 'audit-pruned':
      return `removed chains that ended before ${word(data, 'endedBefore')}, behind a signed checkpoint`;
    case 'logs-pruned':
      return `removed the lines of steps that ended before ${word(data, 'endedBefore')}`;
    case 'clock-moved':
      return `moved the clock ${word(data, 'bySeconds')} s forward`;
    default:
      return [type, word(data, 'reason')].filter((part) => part !== '').join(': ');
  }
}

function place(data: JsonObject): string {
  const [application, environment] = [word(data, 'application'), word(data, 'environment')];
  const of = application === '*' ? 'every application' : application;
  return `${of} in ${environment === '*' ? 'every environment' : environment}`;
}

function until(data: JsonObject): string {
  const end = word(data, 'until');
  return end === '' ? '' : ` until ${end}`;
}

const evidenceSchema = z.array(z.looseObject({ kind: z.string() }));

/** The kinds of what was brought, each once. */
function evidenceText({ evidence }: JsonObject): string {
  const kinds = evidenceSchema.safeParse(evidence).data?.map(({ kind }) => kind) ?? [];
  return kinds.length === 0 ? 'evidence' : `evidence (${[...new Set(kinds)].join(', ')})`;
}

function word(data: JsonObject, key: string): string {
  const value = data[key];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
