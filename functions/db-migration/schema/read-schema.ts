import type { SchemaRequest, SchemaResponse } from '../../../engine/contract/database-function-api.ts';
import type { CallContext } from '../context.ts';
import { schemaHash } from './canonical-schema.ts';
import { dumpSchema } from './pg-dump.ts';

export async function readSchema(context: CallContext, request: SchemaRequest): Promise<SchemaResponse> {
  const sql = await dumpSchema(context.connections, request.database);
  return { sql, hash: schemaHash(sql) };
}
