import type { Release } from '../release.ts';
import type { DispensableStep } from '../rules/step-names.ts';
import type { Definition } from '../workflow/definition.ts';
import { leavesOut } from '../workflow/left-out.ts';

/** A step of the engine that the rules leave out, and what that means for the promotion. */
export interface LeftOutStep {
  readonly step: DispensableStep;
  readonly means: string;
}

type About = Pick<Definition, 'leftOut' | 'target'>;

/** Every step that is left out though there would be something to do, for whoever approves the plan or reads the report. */
export function describeLeftOutSteps(
  definition: About,
  release: Pick<Release, 'name' | 'content'>,
): readonly LeftOutStep[] {
  return (definition.leftOut ?? []).map((step) => ({ step, means: meaningOf(step, definition, release) }));
}

/** What a rollback cannot do because of it, in words. */
export function irreversibleWithoutBackUp(definition: About): readonly string[] {
  if (definition.target.database === undefined || !leavesOut(definition, 'back-up')) return [];
  return [
    `no back-up of ${definition.target.database} is taken, because the rules leave out back-up: it cannot be restored, and promote rollback --restore-database is refused`,
  ];
}

function meaningOf(
  step: DispensableStep,
  { target }: About,
  { name, content }: Pick<Release, 'name' | 'content'>,
): string {
  const { path } = target.configuration;
  switch (step) {
    case 'validate-artifacts':
      return 'no image is looked into before it is deployed';
    case 'back-up':
      return target.database === undefined
        ? 'nothing is backed up; what the promotion moves is still taken back'
        : `nothing is backed up, so ${target.database} cannot be restored; migrations are still undone by their down files`;
    case 'promote-configuration': {
      const count = Object.keys(content.configuration).length;
      const own =
        count === 0
          ? ''
          : `; ${String(count)} ${count === 1 ? 'value' : 'values'} that ${name} brings ${count === 1 ? 'is' : 'are'} not written`;
      return `the values in ${path} stay, and only release and images are moved, by deploy${own}`;
    }
    case 'migrate-database':
      return `no migration runs, and the schema of ${target.database ?? 'the database'} stays as it is`;
    case 'promote-artifacts':
      return `no image is copied or tagged: each must be in ${target.registry} already`;
    case 'promote-flags':
      return `the flags of ${target.name} stay as they are`;
    case 'shift-canary':
      return 'no canary is judged';
    case 'report':
      return 'no report is kept beside the record, from which one can be made again';
    case 'notify':
      return 'nobody is told how it ends';
  }
}
