/** Anvil by itself, for tests that want a chain with its own clock and nothing of the server. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { rpcOf } from '../../node/rpc.ts'
import type { Rpc } from '../../node/rpc.ts'
import { anvilBinary } from '../../server/chain/embedded.ts'
import { freePort } from '../../server/chain/port.ts'
import { patiently } from './patience.ts'

export interface AnvilProcess {
  readonly url: string
  readonly rpc: Rpc
  close(): Promise<void>
}

const START_MS = patiently(20_000)

/**
 * A fresh chain that mines when it is asked to and finalizes `4 * 2` blocks below its head.
 * @param timestamp Unix seconds of its first block
 */
export async function startAnvil(
  timestamp: number,
  more: readonly string[] = [],
  chainId = 31337,
): Promise<AnvilProcess> {
  const port = await freePort()
  const options = [
    '--host',
    '127.0.0.1',
    '--port',
    `${port}`,
    '--quiet',
    '--chain-id',
    `${chainId}`,
  ]
  const clock = ['--timestamp', `${timestamp}`, '--slots-in-an-epoch', '4', '--accounts', '3']
  const child = spawn(anvilBinary(), [...options, ...clock, ...more], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}/`
  const rpc = rpcOf(url)
  // A test run that ends early leaves no chain behind.
  const abandon = (): void => {
    child.kill('SIGKILL')
  }
  process.once('exit', abandon)
  const close = async (): Promise<void> => {
    process.off('exit', abandon)
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  const deadline = Date.now() + START_MS
  for (;;) {
    try {
      await rpc('eth_chainId')
      return { url, rpc, close }
    } catch (error) {
      if (Date.now() > deadline || child.exitCode !== null) {
        await close()
        throw error
      }
      await sleep(50)
    }
  }
}
