export type Json = null | boolean | number | string | JsonArray | JsonObject
export type JsonArray = readonly Json[]
/** Objects from `parseJson` have no prototype, so that no member can reach one. */
export interface JsonObject {
  readonly [member: string]: Json | undefined
}
