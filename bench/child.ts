/** Scripts of this folder, each in a process of its own, that tell figures as lines of JSON; the last line counts. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

export type Told = Readonly<Record<string, unknown>>

/** It did not end in time, or failed; the message says which, and how far it came where it told. */
export class UnfinishedError extends Error {}

export async function tellingOf(
  script: string,
  args: readonly string[],
  limitMs: number,
): Promise<Told> {
  const path = join(import.meta.dirname, script)
  const all = ['--max-old-space-size=8192', '--disable-warning=ExperimentalWarning', path, ...args]
  const options = { timeout: limitMs, killSignal: 'SIGKILL', maxBuffer: 1 << 26 } as const
  try {
    const { stdout } = await promisify(execFile)(process.execPath, all, options)
    const told = lastOf(stdout)
    if (told === undefined) throw new UnfinishedError(`${script} told no figure`)
    return told
  } catch (error) {
    if (error instanceof UnfinishedError) throw error
    throw new UnfinishedError(whyOf(error, limitMs), { cause: error })
  }
}

function whyOf(error: unknown, limitMs: number): string {
  const isKilled = error instanceof Error && 'killed' in error && error.killed === true
  if (isKilled) {
    const came = 'stdout' in error ? lastOf(String(error.stdout))?.['came'] : undefined
    return `not done within ${limitMs / 1000} s${typeof came === 'string' ? ` (${came})` : ''}`
  }
  const lines = error instanceof Error ? error.message.split('\n') : []
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines[0] ?? 'failed'
}

function lastOf(stdout: string): Told | undefined {
  const line = stdout.trim().split('\n').at(-1) ?? ''
  return line.startsWith('{') ? parseTold(line) : undefined
}

/** A line that a script of ours printed. */
function parseTold(line: string): Told {
  return JSON.parse(line) as Told
}
