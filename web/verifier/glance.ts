/** Which of the seal's shapes an entry has in a list. */
import { sealStateOf } from '../ui/states.ts'
import type { SealState } from '../ui/states.ts'
import type { ItemState } from './items.ts'

export function shapeOf(state: ItemState): SealState {
  switch (state.step) {
    case 'judged':
      return sealStateOf(state.judged.verdict)
    case 'replayed':
      return state.replay.same ? sealStateOf(state.replay.verdict) : 'invalid'
    case 'told':
      return toldState(state.told.state)
    case 'checking':
    case 'opening':
      return 'checking'
    case 'ask':
    case 'policy':
    case 'nothing':
    case 'broken':
      return 'undetermined'
  }
}

export function toldState(state: string): SealState {
  return state === 'erased' || state === 'replaced' ? state : 'undetermined'
}
