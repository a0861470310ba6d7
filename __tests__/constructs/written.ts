import { DefaultTokenResolver, StringConcat, Tokenization, type TerraformStack } from 'cdktf';

/** A value as it gets into what is synthesised. */
export function written(scope: TerraformStack, value: unknown): unknown {
  return Tokenization.resolve(value, {
    scope,
    preparing: false,
    resolver: new DefaultTokenResolver(new StringConcat()),
  }) as unknown;
}
