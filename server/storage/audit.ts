/**
 * Who changed what, and when. Every entry's digest covers the one before: an entry that is taken out or changed later
 * shows, unless all that follow are made anew too. Whoever writes down the last digest elsewhere notices that as well.
 */

import { createHash } from 'node:crypto'

/** Ids only: never a name, an address or a secret. */
export type AuditEntry = {
  readonly at: number
  readonly action: string
  readonly subject: string
  /** Id of the API key that acted, `cli`, `holder`, or `chain` for what the chain did. */
  readonly actor: string
  /** Whose it is, where it is one issuer's. */
  readonly issuer?: string | undefined
}

/** `id` counts up; `digest` is empty in entries from before there were any. */
export type LoggedEntry = AuditEntry & { readonly id: number; readonly digest: string }

export type AuditStore = {
  audit(entry: AuditEntry): Promise<void>
  /** Newest first; `after` goes on behind the last `id` of a page, `issuer` gives that one's alone. */
  auditLog(page: {
    readonly limit: number
    readonly after?: number | undefined
    readonly issuer?: string | undefined
  }): Promise<LoggedEntry[]>
}

/** 64 hex digits: SHA-256 of the JSON list of the digest before and the entry's members. */
export function auditDigest(
  before: string,
  { at, action, subject, actor, issuer }: AuditEntry,
): string {
  const text = JSON.stringify([before, at, action, subject, actor, issuer ?? null])
  return createHash('sha256').update(text).digest('hex')
}

/** The first entry, oldest first, that does not follow from the one before it; undefined where all do. */
export function brokenEntry(oldestFirst: readonly LoggedEntry[]): LoggedEntry | undefined {
  let before: LoggedEntry | undefined
  for (const entry of oldestFirst) {
    const follows = entry.digest === auditDigest(before?.digest ?? '', entry)
    if (!follows && !(entry.digest === '' && (before?.digest ?? '') === '')) return entry
    before = entry
  }
  return undefined
}
