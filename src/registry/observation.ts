import type { Hash32 } from '../primitives/bytes.ts'
import type { Provider } from './ethereum.ts'
import type { Header } from './header.ts'
import type { Patience } from './patience.ts'
import type { Pins, RegistryTarget, Storage } from './ports.ts'
import type { Roll } from './roll.ts'

/** All slots wanted, as far as `storage` tells; asked again with what was read until nothing new comes. */
export type SlotsNeeded = (storage: Storage) => readonly Hash32[]

/** Which slots a verifier wants. */
export interface Needs {
  /** Those whose words tell which others are needed. */
  readonly leading: readonly Hash32[]
  /** Known once it is known whom to ask about: hints come from providers too. */
  readonly slots: Promise<SlotsNeeded>
}

/** One look at a chain: whom to ask, for what, how many must agree, and how long to wait. */
export interface Observation {
  readonly providers: readonly Provider[]
  readonly target: RegistryTarget
  readonly quorum: number
  readonly needs: Needs
  readonly patience: Patience
  readonly pins: Pins | undefined
}

/** A block that a quorum stands behind, and who of them: positions among the providers. */
export interface AgreedBlock {
  readonly observation: Observation
  readonly roll: Roll
  readonly slots: SlotsNeeded
  readonly block: Header
  readonly members: readonly number[]
}
