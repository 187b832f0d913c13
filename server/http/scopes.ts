/** What an API key may do, and who a request comes from once its key is known. */

export const SCOPES = [
  'templates:read',
  'templates:write',
  'batches:read',
  'batches:write',
  'batches:approve',
  'certificates:read',
  'certificates:status',
  'certificates:erase',
  'links:read',
  'webhooks',
  'profile',
  'audit:read',
  'keys',
] as const
export type Scope = (typeof SCOPES)[number]

/** `issuer` is the address whose objects the key reaches; those of others do not exist for it. */
export type Caller = {
  readonly keyId: string
  readonly issuer: string
  readonly scopes: readonly Scope[]
}

export function isScope(text: string): text is Scope {
  return SCOPES.some((scope) => scope === text)
}
