/** Trios of faulty providers side by side, so that scenarios that only wait wait at the same time. */
import type { Fate } from './anchored-chain.ts'
import { openFaultyProvider } from './faulty-provider/provider.ts'
import type { FaultyProvider } from './faulty-provider/provider.ts'

/** What one of three providers is like. */
export interface Role {
  readonly name: string
  apply(provider: FaultyProvider): void
}

/** Where a scenario is judged again, for one that is alone. */
const MORE_PATIENCE = 4

export const honest: Role = { name: 'honest', apply: () => undefined }

export interface Scenario {
  readonly fate: Fate
  /** One for each of the three. */
  readonly roles: readonly Role[]
}

/** What is wrong in a scenario, and whether it may be that time ran out. */
export interface Told {
  readonly what: string
  readonly mayBeTime: boolean
}

/** What it makes of a scenario, given so many times the usual time. */
type Work = (lane: Lane, scenario: Scenario, patience: number) => Promise<Told | undefined>

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

  /**
   * Does `work` for every scenario; what it tells of them, each with the scenario's name. On a machine that is busy with
   * other tests time runs out for honest providers too, so what is told of time counts where it is told again, alone
   * and with more of it.
   */
  async run(scenarios: readonly Scenario[], work: Work): Promise<string[]> {
    const waiting = [...scenarios]
    const doubtful: Scenario[] = []
    const told: string[] = []
    const tell = ({ fate, roles }: Scenario, { what }: Told): void => {
      told.push(`${fate}, ${roles.map(({ name }) => name).join(' | ')}: ${what}`)
    }
    const follow = async (lane: Lane): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const first = await this.#play(lane, next, 1, work)
        if (first?.mayBeTime === true) doubtful.push(next)
        else if (first !== undefined) tell(next, first)
      }
    }
    await Promise.all(this.#lanes.map(follow))
    const [lane] = this.#lanes
    if (lane === undefined) throw new Error('there is no lane')
    for (const scenario of doubtful) {
      const again = await this.#play(lane, scenario, MORE_PATIENCE, work)
      if (again !== undefined) tell(scenario, again)
    }
    return told
  }

  async #play(
    lane: Lane,
    scenario: Scenario,
    patience: number,
    work: Work,
  ): Promise<Told | undefined> {
    for (const provider of lane.providers) provider.reset()
    scenario.roles.forEach((one, at) => {
      const provider = lane.providers[at]
      if (provider !== undefined) one.apply(provider)
    })
    const what = await work(lane, scenario, patience)
    for (const { calls } of lane.providers) {
      for (const method of calls.keys()) this.#seen.add(method)
    }
    return what
  }

  /** The methods that were called in any scenario so far. */
  methodsSeen(): string[] {
    return [...this.#seen]
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.flatMap(({ providers }) => providers.map((one) => one.close())))
  }
}
