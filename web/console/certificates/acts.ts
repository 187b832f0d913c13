/** What can be done to a certificate as it stands, by whoever is signed in. */
import { REASON_CODES } from '../../../src/index.ts'
import type { ReasonCode } from '../../../src/index.ts'
import type { CertificateState, View } from './answers.ts'

export const ACTS = [
  'correct',
  'mail',
  'reseal',
  'suspend',
  'reinstate',
  'revoke',
  'erase',
] as const
export type Act = (typeof ACTS)[number]
/** Those that the chain has to take up. */
export type StatusAct = 'suspend' | 'reinstate' | 'revoke'

/** The closed list, what says nothing last. */
export const REASONS: readonly ReasonCode[] = [
  ...REASON_CODES.filter((code) => code !== 'unspecified'),
  'unspecified',
]

const SCOPES: Readonly<Record<Act, readonly string[]>> = {
  correct: ['certificates:status', 'batches:write', 'templates:read'],
  mail: ['batches:write'],
  reseal: ['certificates:erase'],
  suspend: ['certificates:status'],
  reinstate: ['certificates:status'],
  revoke: ['certificates:status'],
  erase: ['certificates:erase'],
}

export function actsFor(
  view: View,
  isPermanent: boolean,
  may: (scope: string) => boolean,
): readonly Act[] {
  return ACTS.filter((act) => SCOPES[act].every(may) && isPossible(act, view, isPermanent))
}

/** Whether a change of status makes sense for one that stands so. */
export function canChange(act: StatusAct, state: CertificateState): boolean {
  switch (act) {
    case 'suspend':
      return state === 'standing' || state === 'unknown'
    case 'reinstate':
      return state === 'suspended' || state === 'unknown'
    case 'revoke':
      return state === 'standing' || state === 'suspended' || state === 'unknown'
  }
}

function isPossible(act: Act, view: View, isPermanent: boolean): boolean {
  const { status, erased, learner, replacedBy, queued } = view
  const { state } = status
  const isFinal = state !== 'not-anchored'
  switch (act) {
    case 'suspend':
    case 'reinstate':
    case 'revoke':
      return canChange(act, state) && !queued.some(({ kind }) => kind === act)
    case 'correct': {
      const isCorrected = replacedBy !== null || queued.some(({ kind }) => kind === 'correct')
      return canChange('revoke', state) && erased === null && !isCorrected
    }
    case 'mail':
      return isFinal && erased === null && !isPermanent && learner?.email !== undefined
    case 'reseal':
    case 'erase':
      return isFinal && erased === null && !isPermanent
  }
}
