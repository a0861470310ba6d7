import { promotionModule } from '../../constructs/module/promotion-module.ts';
import { moduleReadme } from './module-readme.ts';

/**
 * The files of the HCL module, by their paths in it.
 * @param archive the migration function's, which lies beside it.
 */
export async function moduleFiles(archive: Uint8Array): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const { variable, output, ...main } = promotionModule();
  return new Map<string, string | Uint8Array>([
    ['main.tf.json', json(main)],
    ['variables.tf.json', json({ variable })],
    ['outputs.tf.json', json({ output })],
    ['README.md', await moduleReadme()],
    ['functions/db_migration.zip', archive],
  ]);
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
