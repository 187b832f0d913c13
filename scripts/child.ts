import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'

export interface Ended {
  readonly code: number
  /** Everything that it printed, without colours. */
  readonly output: string
}

/**
 * Runs a program of this repository under this Node, shows what it prints, and keeps it.
 * @param shows `live` as it comes, or `at its end` in one piece, where another speaks meanwhile
 */
export async function runNode(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  shows: 'live' | 'at its end' = 'live',
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
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode) => {
      resolve(exitCode ?? 1)
    })
  })
  if (shows === 'at its end') process.stdout.write(Buffer.concat(chunks))
  return { code, output: stripVTControlCharacters(Buffer.concat(chunks).toString('utf8')) }
}

export function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}
