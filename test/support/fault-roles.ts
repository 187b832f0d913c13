/** What one of three providers may be like, and what a verdict among them must not be. */
import { gistOf, judgeOver } from './anchored-chain.ts'
import type { AnchoredChain, Judged } from './anchored-chain.ts'
import type { Fault } from './faulty-provider/faults.ts'
import type { Lanes, Role, Scenario } from './lanes.ts'
import { honest } from './lanes.ts'
import { LIES } from './lies.ts'

export const TIMEOUT_MS = 1_500
/** What the event loop may add to the policy's time where other tests share the machine. */
const SLACK_MS = 500

/** Ways not to answer, or to answer nothing of use. */
export const OUTAGES: readonly (readonly [name: string, fault: Fault])[] = [
  ['delayed beyond the time', { mode: 'delay', ms: 2 * TIMEOUT_MS }],
  ['hanging', { mode: 'hang' }],
  ['busy', { mode: 'status', status: 429, retryAfter: 30 }],
  ['broken', { mode: 'status', status: 500 }],
  ['unavailable', { mode: 'status', status: 503, retryAfter: 1 }],
  ['resetting', { mode: 'reset' }],
  ['talking garbage', { mode: 'garbage' }],
  ['cut off', { mode: 'truncated' }],
  ['dropping what it did', { mode: 'persist-then-drop' }],
  ['refusing', { mode: 'error', code: -32_601, message: 'the method is not available' }],
  ['answering other calls', { mode: 'wrong-id' }],
  ['on another chain', { mode: 'wrong-chain', part: 'chain-id' }],
  ['on a chain of the same id', { mode: 'wrong-chain', part: 'genesis' }],
]

/** A provider with a fault, at one method or at all. */
export function failing(name: string, fault: Fault, method?: string): Role {
  return {
    name: `${name} at ${method ?? 'all'}`,
    apply: (provider) => {
      provider.fail(fault, method)
    },
  }
}

export const LIARS: readonly Role[] = LIES.map(({ name, method, change }) =>
  failing(`lying (${name})`, { mode: 'lie', change }, method),
)

/** One that is no help, each time another. */
export function dead(turn: number): Role {
  const [name, fault] = OUTAGES[turn % OUTAGES.length] ?? ['hanging', { mode: 'hang' }]
  return failing(name, fault)
}

/** One that is behind: a little, just before something that matters, or from the start. */
export function behind({ behind: { anchor, revocation } }: AnchoredChain, turn: number): Role {
  const blocks = [revocation, 3, anchor, 12, 10_000][turn % 5] ?? 3
  return failing(`${blocks} blocks behind`, { mode: 'stale', behind: blocks })
}

/** Two honest providers, and another at a position among the three. */
export function withTwoHonest(position: number, other: Role): Role[] {
  return [0, 1, 2].map((at) => (at === position ? other : honest))
}

/** The orders in which three can stand. */
export function arrangementsOf([first, second, third]: readonly [Role, Role, Role]): Role[][] {
  return [
    [first, second, third],
    [first, third, second],
    [second, first, third],
    [second, third, first],
    [third, first, second],
    [third, second, first],
  ]
}

/** What is wrong with a judgement, in words; undefined if nothing is. */
export type Complaint = (judged: Judged, scenario: Scenario) => string | undefined

/** Anything but the truth as of the block that the verdict names. */
export function truthfulIn(chain: AnchoredChain): Complaint {
  return ({ verdict, evidence }, { fate }) => {
    const gist = gistOf(verdict)
    const truth = chain.truthAt(fate, verdict.block?.number ?? null)
    if (JSON.stringify(gist) === JSON.stringify(truth)) return undefined
    return `${gist.join(' ')}, not ${truth.join(' ')}: ${JSON.stringify(evidence.chain.providers)}`
  }
}

/** Anything but the truth or `undetermined`. */
export function safeIn(chain: AnchoredChain): Complaint {
  const truthful = truthfulIn(chain)
  return (judged, scenario) =>
    judged.verdict.outcome === 'undetermined' ? undefined : truthful(judged, scenario)
}

/** Judges in every scenario and gives the complaints; to be late is one. */
export function complaintsOf(
  chain: AnchoredChain,
  lanes: Lanes,
  scenarios: readonly Scenario[],
  complaint: Complaint,
  timeoutMs = TIMEOUT_MS,
): Promise<string[]> {
  return lanes.run(scenarios, async ({ urls }, scenario, patience) => {
    const most = timeoutMs * patience
    const policy = chain.policyFor(scenario.fate, urls, most)
    const judged = await judgeOver(chain, scenario.fate, policy)
    const isLate = judged.milliseconds > most + SLACK_MS
    const late = isLate ? `it took ${Math.round(judged.milliseconds)} ms` : undefined
    const what = late ?? complaint(judged, scenario)
    // What is wrongly valid or invalid is so however busy the machine is.
    const mayBeTime = isLate || judged.verdict.outcome === 'undetermined'
    return what === undefined ? undefined : { what, mayBeTime }
  })
}
