/** What a seal says on paper besides: when it was checked, where that can be done again, and a code that leads there. */
import type { ComponentChildren } from 'preact'
import { fillText } from '../words/fill.tsx'
import { useWords } from '../words/language.tsx'
import { Qr } from './qr.tsx'
import { PRINTED } from './seal-printed.words.ts'

type PrintedProps = {
  /** Where the code leads: never a holder link, which whoever finds the paper would have too. */
  readonly address: string | undefined
  readonly children: ComponentChildren
}

export function Printed({ address, children }: PrintedProps) {
  const words = useWords(PRINTED)
  return (
    <div class="seal-printed print-only">
      <p>{children}</p>
      {address === undefined ? null : (
        <Qr text={address} label={fillText(words.code, { address })} width={96} />
      )}
    </div>
  )
}
