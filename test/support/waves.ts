/** Counts round trips: requests that are under way together are answered together, as if the network were slow and even. */
import type { Request } from '../../src/index.ts'

export interface Waves {
  readonly request: Request
  /** How many times everything under way was answered. */
  count(): number
  /** Each request as its method and parameters. */
  asked(): string[]
}

export function wavesOf(inner: Request): Waves {
  const asked: string[] = []
  let waiting: (() => void)[] = []
  let count = 0
  const release = (): void => {
    count += 1
    const some = waiting
    waiting = []
    for (const answer of some) answer()
  }
  const request: Request = async (call) => {
    asked.push(`${call.method} ${JSON.stringify(call.params)}`)
    const answer = await inner(call)
    await new Promise<void>((resolve) => {
      waiting.push(resolve)
      // Later than everything that the code does meanwhile, an in-memory trie included.
      if (waiting.length === 1) setTimeout(release, 30)
    })
    return answer
  }
  return { request, count: () => count, asked: () => asked }
}
