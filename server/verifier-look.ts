/** What providers and domains say of the present moment, asked once for all observations that begin in that moment. */

import type { DomainAnswer, GatherPorts, Request } from '../src/index.ts'

export type Look = {
  /** Milliseconds of the caller's clock. */
  readonly startedAt: number
  /** The ports of one observation. */
  ports(): GatherPorts
}

type Call = Parameters<Request>[0]

/** More answers than a moment of a busy server has; of a crowd of batches beyond it, some are asked for again. */
const MOST_ANSWERS = 2000
/** Lists of logs can be megabytes, and strangers can make them long: such a one is shared, and not kept. */
const MOST_LOGS = 200

/**
 * Answers on heads, headers, hints and leading words are kept as long as the look; failures, and domains that did not
 * answer, are not. Proofs and words at a block are asked for by each observation. What one observation asks a second
 * time, it asks to see whether it still stands: that goes to the provider.
 */
export function lookOf(world: GatherPorts, startedAt: number): Look {
  const ofProviders = keptAnswers(isShort)
  const ofDomains = keptAnswers<DomainAnswer>(({ accounts }) => accounts !== null)
  const { domain: askDomain } = world
  const connect = (url: string, asked: Set<string>): Request => {
    const request = world.connect(url)
    return (call) => {
      const name = `${url} ${JSON.stringify(call)}`
      if (!isOfTheMoment(call) || asked.has(name)) return request(call)
      asked.add(name)
      return ofProviders(name, () => request(call))
    }
  }
  return {
    startedAt,
    ports: () => {
      const asked = new Set<string>()
      return {
        ...world,
        connect: (url) => connect(url, asked),
        ...(askDomain && { domain: (name) => ofDomains(name, () => askDomain(name)) }),
      }
    },
  }
}

/** Asks once for each name; of many names, the oldest are forgotten. */
function keptAnswers<T>(
  isKept: (answer: T) => boolean,
): (name: string, ask: () => Promise<T>) => Promise<T> {
  const answers = new Map<string, Promise<T>>()
  return async (name, ask) => {
    const known = answers.get(name)
    if (known !== undefined) return known
    const answer = ask()
    answers.set(name, answer)
    const [oldest] = answers.keys()
    if (answers.size > MOST_ANSWERS && oldest !== undefined) answers.delete(oldest)
    // Another may stand under that name by the time it is known.
    const forget = (): void => {
      if (answers.get(name) === answer) answers.delete(name)
    }
    try {
      const given = await answer
      if (!isKept(given)) forget()
      return given
    } catch (error) {
      forget()
      throw error
    }
  }
}

function isOfTheMoment({ method, params }: Call): boolean {
  switch (method) {
    case 'eth_chainId':
    case 'eth_blockNumber':
    case 'eth_getBlockByNumber':
    case 'eth_getLogs':
      return true
    case 'eth_getStorageAt':
      return params[2] === 'latest'
    default:
      return false
  }
}

function isShort(answer: unknown): boolean {
  return !Array.isArray(answer) || answer.length <= MOST_LOGS
}
