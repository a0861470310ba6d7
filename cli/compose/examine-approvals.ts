import { firstUnstaffedStage } from '../../engine/rules/stage-staffing.ts';
import { stagesToStaff } from '../../engine/service/stage-people.ts';
import { stagePeopleText } from '../../engine/workflow/approvals.ts';
import { compilePeople } from '../../engine/workflow/compile-people.ts';
import type { DoctorFinding } from '../session.ts';
import type { DoctorWorld } from './doctor-world.ts';

/** Of an installation with thousands of applications, so many are looked at. */
const mostApplications = 20;
const mostWaiting = 100;

/** Whether approvers have what they need: enough people for every stage, news that reach them, and what waits for whom. */
export async function* examineApprovals(world: DoctorWorld): AsyncIterable<DoctorFinding> {
  yield* examineStages(world);
  yield* examineWaiting(world);
}

async function* examineStages({ rules, store }: DoctorWorld): AsyncIterable<DoctorFinding> {
  for (const path of rules.paths) {
    const people = compilePeople(rules, path);
    if (people.approvalStages.length === 0) continue;
    const subject = `approvals · ${path.to}`;
    const lacking: string[] = [];
    let remedy: string | undefined;
    for (const { name: application } of rules.applications.slice(0, mostApplications)) {
      const scope = { application, environment: path.to };
      const stages = await stagesToStaff(store, scope, people.approvalStages, new Set());
      const index = firstUnstaffedStage(stages, people.approvalRule.samePersonMayFillStages);
      const stage = index === undefined ? undefined : people.approvalStages[index];
      if (index === undefined || stage === undefined) continue;
      const there = stages[index]?.people?.size ?? 0;
      lacking.push(
        `${application}: the stage ${stage.name} needs ${String(stage.minimumApprovals)} of ${stagePeopleText(stage)}, and ${there === 0 ? 'nobody has' : `only ${String(there)} ${there === 1 ? 'has' : 'have'}`} the permission`,
      );
      const [role] = stage.roles;
      remedy ??=
        role === undefined
          ? 'name more people in the stage of the rules'
          : `promote role bind <person> ${role} --application ${application} --env ${path.to}`;
    }
    yield lacking.length === 0
      ? { subject, level: 'ok', detail: `every stage of ${path.from} → ${path.to} has enough people` }
      : { subject, level: 'fail', detail: lacking.join('; '), ...(remedy === undefined ? {} : { remedy }) };
  }
}

async function* examineWaiting({ store }: DoctorWorld): AsyncIterable<DoctorFinding> {
  const active = await store.listPromotions({ isActive: true, limit: mostWaiting });
  for (const { id, parked, definition, toEnvironment } of active) {
    if (parked?.reason !== 'approval') continue;
    const asked = definition.approvalStages.map((stage) => `${stage.name}: ${stagePeopleText(stage)}`).join('; ');
    yield {
      subject: `approvals · ${toEnvironment}`,
      level: 'warn',
      detail: `${id} waits since ${parked.since.toISOString()}: ${parked.detail} (${asked})`,
      remedy: `somebody of them types promote approve ${id}; whoever may approve by asking: promote run --to ${toEnvironment} --auto-approve --reason "<reason>"`,
    };
  }
}
