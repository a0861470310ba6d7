import type { Path, Rules } from '../rules/schema.ts';
import type { ApprovalStage, ChecklistItem, Definition, PeopleRule } from './definition.ts';

type PeopleOfDefinition = Required<Pick<Definition, 'approvalStages' | 'approvalRule' | 'mayOverride' | 'checklist'>>;

/** What a path says about people: who approves, who ticks what, and who may set which rule aside. */
export function compilePeople(rules: Rules, path: Path): PeopleOfDefinition {
  const { approvals, force, skipValidation } = path;
  return {
    approvalStages: approvals.stages.map((stage): ApprovalStage => ({ ...stage, ...withHolders(stage, rules) })),
    approvalRule: {
      samePersonMayFillStages: approvals.samePersonMayFillStages,
      isAutomaticWhenGatesPass: approvals.automaticWhenGatesPass,
    },
    mayOverride: {
      force: withHolders(force.allowed ? force : nobody, rules),
      'skip-validation': withHolders(skipValidation, rules),
      'auto-approve': withHolders({ roles: approvals.mayAutoApprove, people: [] }, rules),
    },
    checklist: path.checklist.map(({ item, phase, gate, by }): ChecklistItem => ({
      item,
      phase,
      gate,
      by,
      people: by === undefined ? [] : peopleIn(by, rules),
    })),
  };
}

const nobody: PeopleRule = { roles: [], people: [] };

/** With the people whom the rules list for its roles; whoever is bound to a role counts beside them. */
function withHolders({ roles, people }: PeopleRule, rules: Rules): PeopleRule {
  return { roles, people: [...new Set([...people, ...roles.flatMap((role) => peopleIn(role, rules))])] };
}

function peopleIn(role: string, rules: Rules): readonly string[] {
  return rules.roles?.find(({ name }) => name === role)?.people ?? [];
}
