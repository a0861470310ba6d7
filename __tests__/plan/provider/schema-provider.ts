import {
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type GrpcObject,
  type sendUnaryData,
  type ServerUnaryCall,
  type ServiceClientConstructor,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { decode, encode, ExtData } from '@msgpack/msgpack';
import { filled, stoodIn, unconfigurable } from './planned-values.ts';
import type { BlockSchema, ProviderSchema, VersionedSchema } from './provider-schema.ts';

/** How Terraform finds a provider that runs already (`TF_REATTACH_PROVIDERS`). */
export interface Reattach {
  readonly Protocol: 'grpc';
  readonly ProtocolVersion: 5;
  readonly Pid: number;
  readonly Test: true;
  readonly Addr: { readonly Network: 'tcp'; readonly String: string };
}

interface DynamicValue {
  readonly msgpack: Uint8Array;
}
interface TypedRequest {
  readonly type_name: string;
  readonly config: DynamicValue;
}
interface PlanRequest extends TypedRequest {
  readonly proposed_new_state: DynamicValue;
}

const nesting = { single: 1, list: 2, set: 3, map: 4, group: 5 } as const;
const error = 1;
/** Terraform's sign for a value that is known after apply. */
const unknown = new ExtData(0, new Uint8Array([0]));

/**
 * A provider that knows nothing but its schema. Terraform itself then checks arguments, types, references and cycles, and
 * plans with unknowns for what a real provider would decide. What it cannot see are rules beside the schema: conflicts, and
 * what values an argument may have.
 * @returns how to reach it; it serves on the loopback interface until this process ends.
 */
export async function serveSchemaProvider(provider: ProviderSchema): Promise<Reattach> {
  const server = new Server({ 'grpc.max_send_message_length': -1, 'grpc.max_receive_message_length': -1 });
  const blockOf = (schemas: Readonly<Record<string, VersionedSchema>>, type: string): BlockSchema => {
    const found = schemas[type];
    if (found === undefined) throw new Error(`the stand-in has no schema of ${type}`);
    return found.block;
  };
  server.addService(protocol().service, {
    GetSchema: answer(() => ({
      provider: schemaMessage(provider.provider),
      resource_schemas: schemaMessages(provider.resource_schemas),
      data_source_schemas: schemaMessages(provider.data_source_schemas),
      server_capabilities: {},
    })),
    PrepareProviderConfig: answer((request: { readonly config: DynamicValue }) => ({
      prepared_config: request.config,
    })),
    Configure: answer(() => ({})),
    Stop: answer(() => ({})),
    ValidateDataSourceConfig: answer(() => ({})),
    ValidateResourceTypeConfig: answer(({ type_name, config }: TypedRequest) => ({
      diagnostics: unconfigurable(blockOf(provider.resource_schemas, type_name), read(config)).map((path) => ({
        severity: error,
        summary: 'Value for unconfigurable attribute',
        detail: `Can't configure a value for "${path}": the provider alone decides it.`,
      })),
    })),
    PlanResourceChange: answer(({ type_name, proposed_new_state }: PlanRequest) => {
      const block = blockOf(provider.resource_schemas, type_name);
      // The two real ones are of the older kind, which may plan what the configuration does not say.
      return { planned_state: write(filled(block, read(proposed_new_state), () => unknown)), legacy_type_system: true };
    }),
    ReadDataSource: answer(({ type_name, config }: TypedRequest) => {
      const block = blockOf(provider.data_source_schemas, type_name);
      return { state: write(filled(block, read(config), ({ type }) => stoodIn(type))) };
    }),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (failure, bound) => {
      if (failure === null) resolve(bound);
      else reject(failure);
    });
  });
  const Addr = { Network: 'tcp', String: `127.0.0.1:${String(port)}` } as const;
  return { Protocol: 'grpc', ProtocolVersion: 5, Pid: process.pid, Test: true, Addr };
}

/** A defect of the stand-in is told to Terraform as one of the provider. */
function answer<Request>(respond: (request: Request) => object) {
  return (call: ServerUnaryCall<Request, object>, done: sendUnaryData<object>): void => {
    try {
      done(null, respond(call.request));
    } catch (cause) {
      const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
      done(null, { diagnostics: [{ severity: error, summary: 'The stand-in is wrong', detail }] });
    }
  };
}

function protocol(): ServiceClientConstructor {
  const file = `${import.meta.dirname}/tfplugin5.proto`;
  const loaded = loadPackageDefinition(loadSync(file, { keepCase: true, longs: Number }));
  return (loaded['tfplugin5'] as GrpcObject)['Provider'] as ServiceClientConstructor;
}

function schemaMessages(schemas: Readonly<Record<string, VersionedSchema>>): Readonly<Record<string, object>> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schemaMessage(schema)]));
}

function schemaMessage({ version, block }: VersionedSchema): object {
  return { version, block: blockMessage(block) };
}

function blockMessage({ attributes = {}, block_types = {} }: BlockSchema): object {
  return {
    attributes: Object.entries(attributes).map(([name, attribute]) => ({
      ...attribute,
      name,
      type: Buffer.from(JSON.stringify(attribute.type)),
    })),
    block_types: Object.entries(block_types).map(([type_name, { block, nesting_mode, min_items, max_items }]) => ({
      type_name,
      block: blockMessage(block),
      nesting: nesting[nesting_mode],
      min_items: min_items ?? 0,
      max_items: max_items ?? 0,
    })),
  };
}

function read({ msgpack }: DynamicValue): unknown {
  return msgpack.length === 0 ? null : decode(msgpack);
}

function write(value: unknown): DynamicValue {
  return { msgpack: Buffer.from(encode(value)) };
}
