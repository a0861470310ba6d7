import type { CommandContext } from '../command-context.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { addEvidenceAdd } from './evidence/add.ts';
import { addEvidenceList } from './evidence/list.ts';
import { addEvidenceSource } from './evidence/source.ts';

/** `promote evidence`: what is known about releases, which gates judge. */
export function addEvidence(program: PromoteCommand, context: CommandContext): void {
  const group = program
    .command('evidence')
    .description(
      'Records and shows what is known about a release: the test reports, scans and measurements that gates judge.',
    )
    .example('evidence add shop --release v2 --file junit.xml', 'record a test report')
    .example('evidence list shop --release v2', 'what is known about a release');
  for (const add of [addEvidenceAdd, addEvidenceSource, addEvidenceList]) add(group, context);
}
