/** What is remembered of API keys: never a secret, only its hash. Times are milliseconds since 1970. */

import type { Scope } from '../http/scopes.ts'

export type ApiKey = {
  readonly id: string
  /** Address whose objects the key reaches. */
  readonly issuer: string
  readonly label: string
  readonly scopes: readonly Scope[]
  readonly createdAt: number
  readonly expiresAt: number
  readonly revokedAt: number | undefined
  /** To the minute or coarser. */
  readonly lastUsedAt: number | undefined
}

export type NewApiKey = Omit<ApiKey, 'revokedAt' | 'lastUsedAt'> & {
  /** SHA-256 of the secret's 32 bytes. */
  readonly secretHash: Uint8Array
}

export type ApiKeyStore = {
  addApiKey(key: NewApiKey): Promise<void>
  findApiKey(id: string): Promise<(ApiKey & { readonly secretHash: Uint8Array }) | undefined>
  /** All of an issuer, oldest first. */
  listApiKeys(issuer: string): Promise<ApiKey[]>
  /** False where the issuer has no such key. A key revoked before keeps its first date. */
  revokeApiKey(issuer: string, id: string, at: number): Promise<boolean>
  /** Never goes back in time. */
  touchApiKey(id: string, at: number): Promise<void>
}
