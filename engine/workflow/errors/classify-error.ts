import { errorSeverities, type ErrorReport } from '../error-report.ts';
import type { Classification } from './classification.ts';
import { classificationTable, unclassified } from './classification-table.ts';
import { causesOf, factsOf, siblingsOf } from './error-facts.ts';
import { redactSecrets } from './redact-secrets.ts';
import { causeWithOriginal } from '../../wording/cause-text.ts';

const MESSAGE_LIMIT = 2_000;
/** Errors of a chain or group that are looked at; a program that wraps more often than that is in a loop. */
const ERRORS_LIMIT = 50;

interface Finding {
  readonly classification: Classification;
  readonly code: string | undefined;
}

/**
 * Says of anything that was thrown what kind of error it is, whether to try again, and what to do about it. The first
 * error of the chain of causes that is recognised decides, from the outside in; of errors that happened side by side, the
 * worst. What nobody recognises is UNKNOWN, HIGH and tried again.
 */
export function classifyError(error: unknown): ErrorReport {
  const { classification, code } = find(error, new Set()) ?? {
    classification: unclassified,
    code: factsOf(error).code,
  };
  return { ...classification, message: messageOf(error), code };
}

function find(error: unknown, seen: Set<unknown>): Finding | undefined {
  if (seen.has(error) || seen.size >= ERRORS_LIMIT) {
    return undefined;
  }
  seen.add(error);
  const facts = factsOf(error);
  for (const { classify } of classificationTable) {
    const classification = classify(facts);
    if (classification !== undefined) {
      const status = facts.httpStatus === undefined ? undefined : String(facts.httpStatus);
      const code =
        facts.sqlState ?? facts.kubernetesReason ?? facts.registryCode ?? facts.code ?? facts.gitFailure ?? status;
      return { classification, code };
    }
  }
  const siblings = siblingsOf(error).flatMap((sibling) => find(sibling, seen) ?? []);
  const [worst] = siblings.toSorted((a, b) => badness(a.classification) - badness(b.classification));
  if (worst !== undefined) {
    return worst;
  }
  for (const cause of causesOf(error)) {
    const finding = find(cause, seen);
    if (finding !== undefined) {
      return finding;
    }
  }
  return undefined;
}

/** Lower is worse. */
function badness({ severity, isRetryable }: Classification): number {
  return errorSeverities.indexOf(severity) * 2 + (isRetryable ? 1 : 0);
}

/**
 * The outermost words, followed by those of the causes that they do not repeat; behind a sentence when they are none that
 * somebody wrote for people.
 */
function messageOf(error: unknown): string {
  const words: string[] = [];
  const seen = new Set<unknown>();
  const visit = (each: unknown): void => {
    if (seen.has(each) || seen.size >= ERRORS_LIMIT) {
      return;
    }
    seen.add(each);
    const { message, name } = factsOf(each);
    const said = message === '' ? name : message;
    if (!words.some((earlier) => earlier.includes(said))) {
      words.push(said);
    }
    for (const inner of [...siblingsOf(each), ...causesOf(each)]) {
      visit(inner);
    }
  };
  visit(error);
  const whole = redactSecrets(causeWithOriginal(error, words.filter((said) => said !== '').join(': ')));
  const rest = whole.length - MESSAGE_LIMIT;
  if (whole === '') {
    return 'an error without a message';
  }
  return rest > 0 ? `${whole.slice(0, MESSAGE_LIMIT)}… (${String(rest)} more characters)` : whole;
}
