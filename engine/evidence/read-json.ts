import type { JsonShape } from './json-shape.ts';
import { JsonWalker } from './json-walker.ts';
import type { ReadingLimits } from './reading-limits.ts';

/** Reads a JSON document as a stream. @returns what the shape asks for. @throws EvidenceError */
export async function readJson(text: AsyncIterable<string>, shape: JsonShape, limits: ReadingLimits): Promise<unknown> {
  const walker = new JsonWalker(shape, limits);
  for await (const piece of text) walker.write(piece);
  return walker.end();
}
