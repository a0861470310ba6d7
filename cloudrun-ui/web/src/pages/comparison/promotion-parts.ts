import { pairValues, splitValues, type ComparedPart } from '../../diff/compared-part.ts';
import { toSentence } from '../../text/to-sentence.ts';
import { latestChecks } from '../promotion/count-checks.ts';
import type { ComparedPromotion } from './comparison-query.ts';
import { flagText } from '../../text/flag-text.ts';

/** In what two promotions differ, part by part: what each was, was to do, met, and took. */
export function promotionParts(one: ComparedPromotion, other: ComparedPromotion): readonly ComparedPart[] {
  return [
    part('Outcome and course', 'fact', factsOf(one), factsOf(other)),
    part('Images', 'image', imagesOf(one), imagesOf(other)),
    part('Values they set', 'setting', settingsOf(one), settingsOf(other)),
    part('Migrations', 'migration', migrationsOf(one), migrationsOf(other)),
    part('Flags', 'flag', flagsOf(one), flagsOf(other)),
    part('Checks', 'check', checksOf(one), checksOf(other)),
    part('Errors', 'error', errorsOf(one), errorsOf(other)),
  ];
}

type Values = ReadonlyMap<string, string>;

function part(title: string, noun: string, one: Values, other: Values): ComparedPart {
  return { title, noun, ...splitValues(pairValues(one, other)), unknown: undefined };
}

function factsOf({ promotion, report }: ComparedPromotion): Values {
  const facts: readonly (readonly [string, string | null])[] = [
    ['release', `${promotion.application} ${promotion.release}`],
    ['way', `${promotion.from} → ${promotion.to}`],
    ['lane', promotion.lane],
    ['outcome', toSentence(report.outcomeText)],
    ['asked for by', promotion.requestedBy],
    ['on behalf of', promotion.onBehalfOf],
    ['reason', promotion.reason],
    ...promotion.overrides.map(({ kind, by, reason }) => [`set aside: ${kind}`, `by ${by}: ${reason}`] as const),
    ['failure', promotion.failure === null ? null : `${promotion.failure.step}: ${promotion.failure.message}`],
  ];
  return known(facts);
}

function imagesOf({ plan }: ComparedPromotion): Values {
  return new Map(plan?.images.map(({ service, digest }) => [service, digest]));
}

function settingsOf({ plan }: ComparedPromotion): Values {
  return new Map(
    plan?.configuration.changes.map(({ path, after }) => [path, after === null ? 'removed' : String(after)]),
  );
}

function migrationsOf({ plan }: ComparedPromotion): Values {
  return new Map(
    plan?.database?.migrations.map(({ version, name, kind, statements }) => [
      `${String(version)} ${name}`,
      [kind, ...statements].join('\n'),
    ]),
  );
}

function flagsOf({ plan }: ComparedPromotion): Values {
  if (plan === null) return new Map();
  const { added, changed, switched } = plan.flags;
  return new Map([
    ...added.map((key) => [key, 'new'] as const),
    ...changed.map((key) => [key, 'defined anew'] as const),
    ...switched.map(({ key, ...state }) => [key, flagText(state)] as const),
  ]);
}

function checksOf({ report }: ComparedPromotion): Values {
  // Images are judged one by one, under one name each time.
  const byName = Map.groupBy(latestChecks(report.checks), ({ check }) => check);
  return new Map(
    [...byName].map(([check, found]) => [
      check,
      found.map(({ verdict, detail }) => `${verdict}: ${detail}`).join('\n'),
    ]),
  );
}

function errorsOf({ report }: ComparedPromotion): Values {
  return new Map(
    report.errors.map(({ step, attempt, mode, category, message }) => [
      `${mode === 'undo' ? 'undoing ' : ''}${step}, attempt ${String(attempt)}`,
      `${category}: ${message}`,
    ]),
  );
}

function known(entries: readonly (readonly [string, string | null])[]): Values {
  return new Map(entries.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])));
}
