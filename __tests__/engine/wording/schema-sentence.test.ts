import { z } from 'zod';
import { sentenceOf } from '../../../engine/wording/schema-sentence.ts';

it.each([
  [z.array(z.string()), 'text', 'must be a list'],
  [z.object({}), [], 'must be an object'],
  [z.string(), undefined, 'is missing'],
  [z.string().min(3), 'a', 'has an unknown form'],
  [z.string().regex(/^v/, 'must begin with v'), 'a', 'must begin with v'],
])('says what must be there in words of people: %#', (schema, value, words) => {
  expect(sentenceOf(schema.safeParse(value).error?.issues[0]?.message ?? '')).toBe(words);
});
