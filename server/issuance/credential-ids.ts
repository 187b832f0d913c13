/** What a credential needs beside template and row. */

import { randomUUID } from 'node:crypto'
import type { CredentialIds } from '../../src/index.ts'

/** The same with random ids, of nobody else's. */
export function withRandomIds(given: Pick<CredentialIds, 'issuer' | 'issuedAt'>): CredentialIds {
  return {
    ...given,
    credentialId: `urn:uuid:${randomUUID()}`,
    subjectId: `urn:uuid:${randomUUID()}`,
  }
}
