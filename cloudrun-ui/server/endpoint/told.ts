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
      ? { readonly [Key in keyof Answer]: Told<Answer[Key]> }
      : Answer;
