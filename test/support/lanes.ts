/** Trios of faulty providers side by side, so that scenarios that only wait wait at the same time. */
import type { Fate } from './anchored-chain.ts'
import { openFaultyProvider } from './faulty-provider/provider.ts'
import type { FaultyProvider } from './faulty-provider/provider.ts'

/** What one of three providers is like. */
export interface Role {
  readonly name: string
  apply(provider: FaultyProvider): void
}

export const honest: Role = { name: 'honest', apply: () => undefined }

export interface Scenario {
  readonly fate: Fate
  /** One for each of the three. */
  readonly roles: readonly Role[]
}

export interface Lane {
  readonly providers: readonly FaultyProvider[]
  readonly urls: readonly string[]
}

export class Lanes {
  readonly #lanes: readonly Lane[]
  readonly #seen = new Set<string>()

  private constructor(lanes: readonly Lane[]) {
    this.#lanes = lanes
  }

  /** @param nodes the node behind all providers, or one for each of the three */
  static async open(nodes: string | readonly string[], count: number): Promise<Lanes> {
    const three = typeof nodes === 'string' ? [nodes, nodes, nodes] : nodes
    const lanes = Array.from({ length: count }, async () => {
      const providers = await Promise.all(three.map(openFaultyProvider))
      return { providers, urls: providers.map(({ url }) => url) }
    })
    return new Lanes(await Promise.all(lanes))
  }

  /** Does `work` for every scenario; what it returns of them, each with the scenario's name. */
  async run(
    scenarios: readonly Scenario[],
    work: (lane: Lane, scenario: Scenario) => Promise<string | undefined>,
  ): Promise<string[]> {
    const waiting = [...scenarios]
    const told: string[] = []
    const follow = async (lane: Lane): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { roles, fate } = next
        for (const provider of lane.providers) provider.reset()
        roles.forEach((one, at) => {
          const provider = lane.providers[at]
          if (provider !== undefined) one.apply(provider)
        })
        const what = await work(lane, next)
        for (const { calls } of lane.providers)
          for (const method of calls.keys()) this.#seen.add(method)
        if (what !== undefined)
          told.push(`${fate}, ${roles.map(({ name }) => name).join(' | ')}: ${what}`)
      }
    }
    await Promise.all(this.#lanes.map(follow))
    return told
  }

  /** The methods that were called in any scenario so far. */
  methodsSeen(): string[] {
    return [...this.#seen]
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.flatMap(({ providers }) => providers.map((one) => one.close())))
  }
}
