/** Whether bytes are the block that a CID names. */

import { equalBytes, parseCid, sha256 } from '../../src/index.ts'

export function isBlock(cid: string, bytes: Uint8Array): boolean {
  return equalBytes(sha256(bytes), parseCid(cid, 'cid').digest)
}
