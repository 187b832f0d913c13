/** A process that is killed at a step of its work on files. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

export type Point = {
  readonly call: string
  readonly nth: number
  readonly when: 'before' | 'after'
  /** How the name of the file ends; any by default. */
  readonly file?: string
}

/**
 * Runs a script as a process of its own, and kills it before or after the `nth` call of a function of the file system
 * about such a file; answers with the signal that ended it.
 */
export async function killedAt(point: Point, work: string): Promise<string | null> {
  const script = `
    import fs from 'node:fs'
    import { syncBuiltinESMExports } from 'node:module'
    const { call, nth, when, file = '' } = ${JSON.stringify(point)}
    const real = fs.promises[call]
    let calls = 0
    const die = (now) => { if (calls === nth && when === now) process.kill(process.pid, 'SIGKILL') }
    fs.promises[call] = async (...args) => {
      if (!args.some((one) => String(one).endsWith(file))) return real(...args)
      calls += 1
      die('before')
      const result = await real(...args)
      die('after')
      return result
    }
    syncBuiltinESMExports()
    ${work}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  return signal
}
