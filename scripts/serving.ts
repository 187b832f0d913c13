/** `inaltera serve` as a process of its own, as whoever runs it starts it. */
import { spawn } from 'node:child_process'
import type { ChildProcess, StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../server/chain/port.ts'

export type Serving = {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  stop(): Promise<void>
}

const START_MS = 60_000
const ROOT = join(import.meta.dirname, '..')

/**
 * Resolves once it answers.
 * @param stdio where it writes; by default nowhere
 */
export async function startServing(
  data: string,
  passphrase: string,
  stdio: StdioOptions = 'ignore',
): Promise<Serving> {
  const port = await freePort()
  const args = [join(ROOT, 'cli/main.ts'), 'serve', '--data', data, '--port', String(port)]
  const server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    env: { ...process.env, INALTERA_PASSPHRASE: passphrase },
    stdio,
  })
  const url = `http://127.0.0.1:${port}`
  for (const since = performance.now(); performance.now() - since < START_MS;) {
    if (server.exitCode !== null) break
    await wait(100)
    const isUp = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isUp) return { url, stop: () => stop(server) }
  }
  await stop(server)
  throw new Error('a server did not start')
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  const ended = once(server, 'exit')
  server.kill('SIGTERM')
  await ended
}
