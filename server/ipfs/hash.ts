/** Whether bytes are the block that a CID names. */

import { createHash } from 'node:crypto'
import { equalBytes, parseCid } from '../../src/index.ts'

export function isBlock(cid: string, bytes: Uint8Array): boolean {
  return equalBytes(createHash('sha256').update(bytes).digest(), parseCid(cid, 'cid').digest)
}
