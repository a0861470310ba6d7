import { hcl, type Expression } from '../conditions/expression.ts';

/** Rules of a file that Terraform is told, as an object. */
export const documentIn = (file: string): Expression => hcl`yamldecode(file(${file}))`;

const settings = {
  database: hcl`each.targets.database`,
  namespace: hcl`each.targets.deployment.namespace`,
  'kind of deployment': hcl`each.targets.deployment.kind`,
} as const;

/** What the rules of a file say of an environment, aliases included; empty without a file, or where it does not say it. */
export function toldOf(file: string, environment: string, what: keyof typeof settings): Expression {
  const document = documentIn(file);
  const named = hcl`replace(replace(${settings[what]}, "<env>", each.name), "<app>", ${document}.applications[0].name)`;
  return hcl`try([for each in ${document}.environments : ${named} if ${isMeant(environment)}][0], "")`;
}

/** Whether the rules of a file have an environment. */
export function hasEnvironment(file: string, environment: string): Expression {
  return hcl`(length(try([for each in ${documentIn(file)}.environments : each if ${isMeant(environment)}], [])) > 0)`;
}

const isMeant = (environment: string): Expression =>
  hcl`(each.name == ${environment} || contains(try(each.aliases, []), ${environment}))`;
