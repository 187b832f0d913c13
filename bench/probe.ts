/**
 * Whether a server answers meanwhile: asks `/health` of the address given every 50 ms, from a process of its own, until it
 * is told to end; then it tells how long answers took, in milliseconds.
 */
import { setTimeout as sleep } from 'node:timers/promises'

export type Answers = {
  readonly asked: number
  readonly p50: number
  readonly p99: number
  readonly most: number
}

const PAUSE_MS = 50

const [, , url = ''] = process.argv
const times: number[] = []
const ended = new AbortController()
process.on('message', () => {
  ended.abort()
})
while (!ended.signal.aborted) {
  const since = performance.now()
  const answer = await fetch(`${url}/health`)
  await answer.arrayBuffer()
  if (answer.status !== 200) throw new Error(`the server answers with status ${answer.status}`)
  times.push(performance.now() - since)
  await sleep(PAUSE_MS)
}
times.sort((a, b) => a - b)
const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN
const answers: Answers = {
  asked: times.length,
  p50: at(0.5),
  p99: at(0.99),
  most: times.at(-1) ?? 0,
}
process.send?.(answers)
process.disconnect()
