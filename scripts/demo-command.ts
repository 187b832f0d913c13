/** The command `inaltera` on the demo's folder, as a process of its own; none of them outlives the demo. */
import { execFile } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export type Asked = {
  readonly folder: string
  /** Where the server listens. */
  readonly server: string
  /** Where Node.js keeps what it compiled, so that forty short processes do it once. */
  readonly compiled: string
}

export type Ended = { readonly code: unknown; readonly out: string; readonly err: string }

const PROGRAM = join(import.meta.dirname, '..', 'cli', 'main.ts')
const running = new Set<ChildProcess>()
let isEnding = false

/** Exit code and output of `inaltera <args>`. */
export async function inaltera(
  { folder, compiled }: Asked,
  args: readonly string[],
  passphrase?: string,
): Promise<Ended> {
  if (isEnding) throw new Error('the demo is told to stop')
  const secret = passphrase === undefined ? {} : { INALTERA_PASSPHRASE: passphrase }
  const env = { ...process.env, INALTERA_DATA: folder, NODE_COMPILE_CACHE: compiled, ...secret }
  const node = ['--disable-warning=ExperimentalWarning', PROGRAM, ...args]
  return new Promise((resolve) => {
    const options = { timeout: 60_000, env }
    const child = execFile(process.execPath, node, options, (error, out, err) => {
      running.delete(child)
      resolve({ code: error === null ? 0 : error.code, out, err })
    })
    running.add(child)
  })
}

/** Ends those that run, before their folder goes: what a process writes at its end would make it anew. */
export async function endCommands(): Promise<void> {
  isEnding = true
  const closed = [...running].map((child) => once(child, 'close'))
  for (const child of running) child.kill('SIGKILL')
  await Promise.all(closed)
}
