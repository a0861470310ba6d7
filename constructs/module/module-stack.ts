import { TerraformStack } from 'cdktf';

/** A stack that becomes an HCL module (`asModule`): its inputs, switches and lists among them, are decided by Terraform. */
export class ModuleStack extends TerraformStack {}
