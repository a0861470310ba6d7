/**
 * What code may give for an answer: the same, with dates where the answer has texts, and lists that nobody may change.
 * JSON makes the texts.
 */
export type Told<Answer> = Answer extends string
  ? string extends Answer
    ? string | Date
    : Answer
  : Answer extends readonly (infer Item)[]
    ? readonly Told<Item>[]
    : Answer extends object
      ? string extends keyof Answer
        ? ToldRecord<Answer>
        : { readonly [Key in keyof Answer]: Told<Answer[Key]> }
      : Answer;

/** What is in it is not said, or the same of every key; what has no key of its own then is any object. */
type ToldRecord<Answer> = unknown extends Answer[keyof Answer]
  ? object
  : { readonly [Key in keyof Answer]: Told<Answer[Key]> };
