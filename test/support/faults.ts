/** Faults that only the system can make: a small disk of a test's own, and calls that fail under strace. */

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Context } from 'mocha'
import { engineFor, requiredEngines, skipReasons } from './engines.ts'

const run = promisify(execFile)

export type SmallDisk = {
  resize(megabytes: number): Promise<void>
  remove(): Promise<void>
}

/**
 * Mounts a tmpfs of so many megabytes on a folder. Skips where the machine lets nobody mount, and fails where
 * `INALTERA_REQUIRE` lists `mount`.
 */
export async function smallDisk(
  context: Context,
  folder: string,
  megabytes: number,
): Promise<SmallDisk> {
  const mount = engineFor(context, 'mount')
  const options = (size: number): string => `size=${size}m,mode=700`
  try {
    await run(mount, ['-t', 'tmpfs', '-o', options(megabytes), 'tmpfs', folder])
  } catch (error) {
    if (requiredEngines().includes('mount')) throw error
    skipReasons.set(context.test?.parent?.titlePath().join(' ') ?? '', 'mounting is not allowed')
    return context.skip()
  }
  return {
    resize: async (size) => {
      await run(mount, ['-o', `remount,${options(size)}`, folder])
    },
    remove: async () => {
      await run('umount', ['--lazy', folder])
    },
  }
}
