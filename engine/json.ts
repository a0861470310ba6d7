/** Any value that JSON can carry. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object; what events, step outputs and evidence are stored as. */
export interface JsonObject {
  readonly [key: string]: Json;
}
