/** What is known of a chain before its node is asked: a preset's facts, or cautious ones for a chain without. */

import {
  accountOf,
  parseHash32,
  policyPinOf,
  presetOfChain,
  REGISTRY_ADDRESS,
  REGISTRY_CODE_HASH,
  UnavailableError,
} from '../../src/index.ts'
import type { PolicyPin } from '../../src/index.ts'
import type { ChainIdentity } from './network.ts'

type Kind = PolicyPin['kind']

/** Seconds; blocks come every two on the embedded chain, every twelve on the main network. */
const MAX_HEAD_AGE = { local: 120, test: 600, main: 300 } as const

/**
 * Refuses a node whose chain says one of the presets' numbers and has another first block, or is called another kind.
 * A local chain may take any number: it is called local in every verdict.
 * @throws UnavailableError `refused`
 */
export function refuseImpostor({ chainId, genesis }: ChainIdentity, kind: Kind): void {
  const preset = presetOfChain(chainId)
  if (preset === undefined || kind === 'local') return
  if (preset.kind !== kind) {
    const message = `chain ${chainId} is ${preset.name}: its kind is ${preset.kind}, not ${kind}`
    throw new UnavailableError('refused', message)
  }
  if (preset.genesis !== null && preset.genesis !== genesis) {
    const message = `the node says chain ${chainId} and starts from ${genesis}: it is not ${preset.name}`
    throw new UnavailableError('refused', message)
  }
}

/** The registry on this chain, as a policy pins it. */
export function pinOf({ chainId, genesis }: ChainIdentity, kind: Kind): PolicyPin {
  const hash = parseHash32(genesis, 'genesis')
  const preset = presetOfChain(chainId)
  if (preset?.kind === kind && kind !== 'local') return policyPinOf(preset, hash)
  return {
    home: accountOf(chainId, REGISTRY_ADDRESS),
    genesis: hash,
    codeHash: REGISTRY_CODE_HASH,
    kind,
    finality: 'finalized',
    maxHeadAge: MAX_HEAD_AGE[kind],
    checkpoints: [],
  }
}
