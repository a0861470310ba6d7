import { createHash } from 'node:crypto';
import type { JsonObject } from '../json.ts';
import type { Actor } from '../workflow/actor.ts';
import { canonicalJson } from './canonical-json.ts';

/** What a chain's hash covers: everything an entry says, and the entry before it. */
export interface ChainEntry {
  readonly promotionId: string;
  readonly seq: number;
  readonly at: Date;
  readonly type: string;
  readonly actor: Actor;
  readonly data: JsonObject;
  readonly previousHash: string;
}

/** SHA-256, hexadecimal, over the canonical JSON of an entry and its predecessor's hash. */
export function chainEvent(entry: ChainEntry): string {
  const { promotionId, seq, at, type, actor, data, previousHash } = entry;
  const text = canonicalJson({ promotionId, seq, at: at.toISOString(), type, actor: { ...actor }, data, previousHash });
  return createHash('sha256').update(text).digest('hex');
}
