import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'

export interface Ended {
  readonly code: number
  /** Everything that it printed, without colours. */
  readonly output: string
}

/** What a program left behind may hold its output open for ever: that is not waited for any longer than this. */
const OUTPUT_MS = 10_000

/**
 * Runs a program of this repository under this Node, shows what it prints, and keeps it.
 * @param shows `live` as it comes, or `at its end` in one piece, where another speaks meanwhile
 * @param limitMs it is killed where it takes longer, and says so in its output
 */
export async function runNode(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  shows: 'live' | 'at its end' = 'live',
  limitMs?: number,
): Promise<Ended> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const chunks: Buffer[] = []
  const forward = (stream: NodeJS.WriteStream) => (chunk: Buffer) => {
    chunks.push(chunk)
    if (shows === 'live') stream.write(chunk)
  }
  child.stdout.on('data', forward(process.stdout))
  child.stderr.on('data', forward(process.stderr))
  const note = (text: string): void => {
    forward(process.stderr)(Buffer.from(`\n${text}\n`))
  }
  const stopped = stopAfter(child, limitMs, note)
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode) => {
      resolve(exitCode ?? 1)
    })
    child.on('exit', (exitCode) => {
      const given = setTimeout(() => {
        note('a process that it left behind holds its output open')
        child.stdout.destroy()
        child.stderr.destroy()
        resolve(exitCode ?? 1)
      }, OUTPUT_MS)
      child.on('close', () => {
        clearTimeout(given)
      })
    })
  })
  clearTimeout(stopped)
  if (shows === 'at its end') process.stdout.write(Buffer.concat(chunks))
  return { code, output: stripVTControlCharacters(Buffer.concat(chunks).toString('utf8')) }
}

function stopAfter(
  child: ChildProcess,
  limitMs: number | undefined,
  note: (text: string) => void,
): NodeJS.Timeout | undefined {
  if (limitMs === undefined) return undefined
  return setTimeout(() => {
    const minutes = Math.round(limitMs / 60_000)
    note(`it did not end within ${minutes} minutes, and was killed`)
    child.kill('SIGKILL')
  }, limitMs)
}

export function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}
