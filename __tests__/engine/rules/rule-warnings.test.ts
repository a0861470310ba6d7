import { describe, expect, it } from '@jest/globals';
import { judgeDocuments } from '../../../engine/rules/parse-rules.ts';
import { ruleWarnings, type RuleWarning } from '../../../engine/rules/rule-warnings.ts';
import { readRulesDocument } from '../../../engine/rules/rules-document.ts';
import { pipelineText } from './rules-text.ts';

function warningsOf(text: string): readonly RuleWarning[] {
  const judged = judgeDocuments([readRulesDocument(text, 'rules.yaml')]);
  if (!judged.ok) throw new Error(judged.problems.map(({ message }) => message).join('\n'));
  return ruleWarnings(judged.rules, judged.origin);
}

const lineOf = (text: string, words: string): number => text.split('\n').findIndex((line) => line.includes(words)) + 1;

describe('warnings about rules that are right', () => {
  it('are none where everything can be carried out', () => {
    expect(warningsOf(pipelineText)).toEqual([]);
  });

  it('name a target that this version cannot deploy to, at its line, and once for all paths', () => {
    const argocd = 'deployment: { kind: argocd, server: https://cd.example, application: <app> }';
    const text = pipelineText.replace('deployment: { kind: local }', argocd);
    const name = 'this version cannot carry out deployment kind argocd; a promotion that needs it is refused';
    expect(warningsOf(text)).toEqual([{ file: 'rules.yaml', line: lineOf(text, argocd), message: name }]);
  });

  it('name what all paths inherit where the defaults say it', () => {
    const keyless = 'signature: { keyless: { issuer: "https://token.example", identity: ci@shop.example } }';
    const text = pipelineText.replace('  gates:\n', `  gates:\n    ${keyless}\n`);
    expect(warningsOf(text)).toEqual([
      { file: 'rules.yaml', line: lineOf(text, keyless), message: expect.stringContaining('signature.keyless') },
    ]);
  });

  it('name a gate that the emergency lane sets aside and no path demands', () => {
    const lane = 'hotfix: { entry: staging, setAside: [coverage, load], approvals: [{ name: cab, people: [carla] }] }';
    const text = `${pipelineText.trimEnd()}\n${lane}\n`;
    expect(warningsOf(text)).toEqual([
      { file: 'rules.yaml', line: lineOf(text, lane), message: 'hotfix.setAside names load, which no path demands' },
    ]);
  });
});
