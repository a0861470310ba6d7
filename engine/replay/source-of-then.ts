import type { Release } from '../release.ts';
import type { Fix, SourceHistory } from '../source/source-history.ts';
import type { AnswersThen } from './answers-then.ts';
import type { UnknownAnswer } from './gates-of-then.ts';
import type { UnknownFacts } from './unknown-facts.ts';

const history = 'the history of the source code';

/**
 * The history of the source code as far as it is remembered: which hotfixes a release was found to contain.
 * @param releases among which the hotfixes are.
 */
export function sourceOfThen(
  answers: AnswersThen,
  releases: readonly Release[],
  unknown: UnknownFacts,
  onUnknown: (answer: UnknownAnswer) => void,
): SourceHistory {
  const refuse = (): Promise<never> => Promise.reject(unknown.ask(history));
  return {
    between: refuse,
    containment: refuse,
    branchHead: refuse,
    find: refuse,
    async fixContainment(_: string, __: string, { commit }: Fix) {
      const hotfixes = releases.filter(({ content }) => content.source?.commit === commit);
      for (const hotfix of hotfixes) {
        const found = answers.containmentOf(hotfix);
        if (found !== undefined) return found;
      }
      for (const { name } of hotfixes) onUnknown({ gate: `hotfix ${name}`, missing: [history] });
      throw unknown.ask(history);
    },
  };
}
