import { Token } from 'cdktf';
import type { RulesInput } from '../../engine/rules/schema.ts';
import { hcl } from '../conditions/expression.ts';
import type { EffectiveInputs } from './effective-inputs.ts';
import { lateJson } from './late-json.ts';

type Path = NonNullable<RulesInput['paths']>[number];
type Notifications = NonNullable<RulesInput['notifications']>;

/** The checklist of rules, made by Terraform as `rulesFromInputs` makes it; undefined for one that is known. */
export function lateChecklist({ promotionChecklist: items }: EffectiveInputs): Path['checklist'] {
  if (!Token.isUnresolved(items)) return undefined;
  return lateJson(hcl`jsonencode([for item in distinct(${items}) : { item = item }])`) as Path['checklist'];
}

/** The same of the people of a stage. */
export function latePeople({ approvers }: EffectiveInputs): string[] | undefined {
  if (!Token.isUnresolved(approvers)) return undefined;
  return lateJson(hcl`jsonencode(distinct(${approvers}))`) as string[];
}

/** The same of channels and routes. Both lists are numbered together, so one that is known late makes both so. */
export function lateChannels({
  notificationChannels: alerts,
  promotionNotificationChannels: events,
}: EffectiveInputs): Pick<Notifications, 'channels' | 'routes'> | undefined {
  if (!Token.isUnresolved(alerts) && !Token.isUnresolved(events)) return undefined;
  const all = hcl`distinct(concat(${alerts}, ${events}))`;
  const isHook = hcl`startswith(address, "https://")`;
  const isMail = hcl`(!${isHook} && strcontains(address, "@"))`;
  const channels = hcl`[for index, address in ${all} : { for key, value in {
    kind    = ${isHook} ? "webhook" : ${isMail} ? "email" : "google-monitoring"
    name    = "channel-\${index + 1}"
    url     = ${isHook} ? address : null
    to      = ${isMail} ? [address] : null
    channel = ${isHook} || ${isMail} ? null : address
  } : key => value if value != null }]`;
  const namesOf = (some: readonly string[]) =>
    hcl`[for address in distinct(${some}) : "channel-\${index(${all}, address) + 1}"]`;
  const routes = hcl`[for route in [
    { channels = ${namesOf(alerts)}, severities = ["critical", "high"] },
    { channels = ${namesOf(events)} },
  ] : route if length(route.channels) > 0]`;
  return {
    channels: lateJson(hcl`jsonencode(${channels})`),
    routes: lateJson(hcl`jsonencode(${routes})`),
  } as Pick<Notifications, 'channels' | 'routes'>;
}
