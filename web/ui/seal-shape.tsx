/** The shape of each state of a seal: told apart in grey, and without its colour. */
import type { ComponentChildren } from 'preact'
import './seal.css'
import type { SealState } from './states.ts'

const OCTAGON = 'M22.5 6h19L55 19.500v25L41.5 58h-19L9 44.500v-25z'
const CHECK = 'm21 33 8 8 15-17'

/** Filled grounds take the colour of the state, marks on them the colour of the ground behind the seal. */
const SHAPES: Readonly<Record<SealState, ComponentChildren>> = {
  checking: (
    <>
      <circle class="seal-faint" cx="32" cy="32" r="25" />
      <path class="seal-turning" d="M32 7a25 25 0 0 1 25 25" />
    </>
  ),
  valid: (
    <>
      <circle class="seal-solid" cx="32" cy="32" r="27" />
      <path class="seal-mark" d={CHECK} />
    </>
  ),
  'valid-as-of': (
    <>
      <circle cx="32" cy="32" r="26" />
      <circle cx="32" cy="32" r="20" stroke-width="1.5" />
      <path d="m23 33 6 6 12-13" />
    </>
  ),
  invalid: (
    <>
      <path class="seal-solid" d={OCTAGON} />
      <path class="seal-mark" d="m23 23 18 18M41 23 23 41" />
    </>
  ),
  revoked: (
    <>
      <path class="seal-solid" d="M32 4 60 32 32 60 4 32z" />
      <path class="seal-mark" d="M20 32h24" />
    </>
  ),
  suspended: (
    <>
      <rect x="7" y="7" width="50" height="50" rx="10" />
      <path d="M25 22v20M39 22v20" stroke-width="6" />
    </>
  ),
  expired: (
    <>
      <path d="M16 6h32M16 58h32M20 6v8c0 9 24 27 24 36v8M44 6v8c0 9-24 27-24 36v8" />
    </>
  ),
  unvouched: (
    <>
      <path d="M32 7 59 56H5z" />
      <path d="M32 25v14M32 47v.2" stroke-width="5" />
    </>
  ),
  undetermined: (
    <>
      <circle cx="32" cy="32" r="26" stroke-dasharray="7 6.6" />
      <path d="M25 26.500a7 7 0 1 1 9.8 6.400c-2 .9-2.8 2.3-2.8 5M32 45v.2" stroke-width="4" />
    </>
  ),
  replaced: (
    <>
      <path d="M10 8h24l8 8v14M10 8v48h22" />
      <path d="M34 46h22m-8-8 8 8-8 8" />
    </>
  ),
  erased: (
    <>
      <path d="M14 6h26l10 10v42H14z" stroke-dasharray="4 5" />
      <path d="M24 34h16" />
    </>
  ),
}

export function SealShape({
  state,
  size = 64,
}: {
  readonly state: SealState
  readonly size?: number
}) {
  return (
    <svg
      class="seal-shape"
      viewBox="0 0 64 64"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      stroke-width="3.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {SHAPES[state]}
    </svg>
  )
}
