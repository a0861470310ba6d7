import { parseRules } from '../../../engine/rules/parse-rules.ts';
import { pipelineText } from './rules-text.ts';

const roles = (text: string) => `roles: [{ name: cab }, ${text}]\n`;
const stages = (text: string) => `      stages:\n${text}`;

/** The pipeline, its last path with other stages, and whatever more stands before its defaults. */
function problemsOf(stagesText: string, more: string, approvals = '') {
  const text = pipelineText
    .replace(
      '      stages:\n        - { name: CAB, roles: [cab], minimumApprovals: 2 }\n',
      approvals + stages(stagesText),
    )
    .replace('defaults:', `${more}defaults:`);
  const parsed = parseRules(text, 'rules.yaml');
  return parsed.ok ? [] : parsed.problems.map(({ line, path, found }) => [text.split('\n')[line - 1], path, found]);
}

const sre = '        - { name: SRE, roles: [sre] }\n';
const qa = '        - { name: QA, roles: [qa] }\n';

describe('stages that share their people', () => {
  it('are refused at the one for which nobody is left', () => {
    expect(problemsOf(sre + qa, roles('{ name: sre, people: [ana] }, { name: qa, people: [Ana] }'))).toEqual([
      [qa.trimEnd(), 'paths[5].approvals.stages[1]', 'the stage QA'],
    ]);
  });

  it('are fine where somebody can step aside, where a role is bound elsewhere, and where the rules let one count twice', () => {
    expect(problemsOf(sre + qa, roles('{ name: sre, people: [ana, ben] }, { name: qa, people: [ana] }'))).toEqual([]);
    expect(problemsOf(sre + qa, roles('{ name: sre, people: [ana] }, { name: qa }'))).toEqual([]);
    expect(
      problemsOf(
        sre + qa,
        roles('{ name: sre, people: [ana] }, { name: qa, people: [ana] }'),
        '      samePersonMayFillStages: true\n',
      ),
    ).toEqual([]);
  });

  it('are refused in the defaults that a path inherits, once, there', () => {
    const inherited = `approvals:\n    stages:\n      - { name: A, people: [ana] }\n      - { name: B, people: [ana] }\n`;
    const text = pipelineText.replace('defaults:\n', `defaults:\n  ${inherited}`);
    const parsed = parseRules(text, 'rules.yaml');
    expect(parsed.ok ? [] : parsed.problems.map(({ path }) => path)).toEqual(['defaults.approvals.stages[1]']);
  });

  it('are refused in the hotfix lane too, and so are two of one name', () => {
    const lane = (text: string) => `hotfix: { entry: staging, approvals: [${text}] }\n`;
    const fine = '        - { name: CAB, roles: [cab] }\n';
    expect(
      problemsOf(fine, lane('{ name: A, people: [ana] }, { name: B, people: [ana] }')).map(([, at]) => at),
    ).toEqual(['hotfix.approvals[1]']);
    expect(
      problemsOf(fine, lane('{ name: A, people: [ana] }, { name: A, people: [ben] }')).map(([, at]) => at),
    ).toEqual(['hotfix.approvals[1].name']);
  });

  it('are told once each: a stage that is too large by itself is not told again for what it shares', () => {
    const large = '        - { name: SRE, roles: [sre], minimumApprovals: 3 }\n';
    expect(
      problemsOf(large + qa, roles('{ name: sre, people: [ana, ben] }, { name: qa, people: [ana] }')).map(
        ([, at]) => at,
      ),
    ).toEqual(['paths[5].approvals.stages[0].minimumApprovals']);
  });
});
