import type { HashKernel } from './kernel-port.ts'
import { PORTABLE_KERNEL } from './kernel-portable.ts'
import { kernelOfWasm } from './kernel-wasm.ts'

export type { HashKernel }

let kernel: HashKernel | undefined

/** The fastest kernel that this runtime lets run; the choice is made once, at the first hash. */
export function hashKernel(): HashKernel {
  kernel ??= kernelOfWasm() ?? PORTABLE_KERNEL
  return kernel
}
