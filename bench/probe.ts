/**
 * Whether a server answers meanwhile: asks `/health` of the address given every 50 ms, from a process of its own, until it
 * is told to end; then it tells how long answers took, in milliseconds.
 */
import { setTimeout as sleep } from 'node:timers/promises'

export type Answers = {
  readonly asked: number
  /** Of them, without an answer, or with another than 200. */
  readonly failed: number
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
// Whoever asked has died: left alone, this would hold open what that one wrote to, and with it who reads there.
process.on('disconnect', () => process.exit())
let failed = 0
while (!ended.signal.aborted) {
  const since = performance.now()
  // Whatever came of it, so long was waited for it.
  if (!(await isAnswered())) failed += 1
  times.push(performance.now() - since)
  await sleep(PAUSE_MS)
}
times.sort((a, b) => a - b)
const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN
const answers: Answers = {
  asked: times.length,
  failed,
  p50: at(0.5),
  p99: at(0.99),
  most: times.at(-1) ?? 0,
}

async function isAnswered(): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/health`)
    await answer.arrayBuffer()
    return answer.status === 200
  } catch {
    return false
  }
}

process.send?.(answers, undefined, undefined, () => {
  process.disconnect()
})
