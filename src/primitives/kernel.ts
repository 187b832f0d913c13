import { equalBytes, utf8 } from './bytes.ts'
import { invariant } from './errors.ts'
import type { HashKernel } from './kernel-port.ts'
import { PORTABLE_KERNEL } from './kernel-portable.ts'
import { kernelOfWasm } from './kernel-wasm.ts'

export type { HashKernel }

/** SHA-256 of bytes, or of a well-formed text's UTF-8, by an engine of the runtime. */
export type Sha256Engine = (input: Uint8Array | string) => Uint8Array<ArrayBuffer>

/** Below this, calling out costs more than it saves. */
const LONG = 512

let own: HashKernel | undefined
let kernel: HashKernel | undefined

/** The fastest kernel that this runtime lets run; the choice is made once, at the first hash. */
export function hashKernel(): HashKernel {
  kernel ??= ownKernel()
  return kernel
}

function ownKernel(): HashKernel {
  own ??= kernelOfWasm() ?? PORTABLE_KERNEL
  return own
}

/**
 * Has long inputs hashed by an engine that uses the processor's own instructions, as Node's does: three times as quick.
 * For the whole process, since the hashes are the same.
 */
export function useSha256(engine: Sha256Engine): void {
  const base = ownKernel()
  const known = 'x'.repeat(LONG)
  invariant(
    equalBytes(engine(known), base.sha256Text(known)) &&
      equalBytes(engine(utf8(known)), engine(known)),
    'an engine of SHA-256 hashes as SHA-256 does',
  )
  kernel = {
    ...base,
    sha256: (bytes) => (bytes.length < LONG ? base.sha256(bytes) : engine(bytes)),
    sha256Text: (text) => (text.length < LONG ? base.sha256Text(text) : engine(text)),
  }
}
