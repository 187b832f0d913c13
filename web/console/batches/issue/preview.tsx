/** One row as the sheet of paper that its learner will see. */
import { useMemo, useState } from 'preact/hooks'
import { FormatError, parseCredential, parseJson, utf8 } from '../../../../src/index.ts'
import type { Credential } from '../../../../src/index.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { useLanguage, useWords } from '../../../words/language.tsx'
import { printNumber } from '../../../words/print.ts'
import { useSession } from '../../session.tsx'
import type { DryRun } from '../shapes.ts'
import { CHECK_STEP } from './check-step.words.ts'
import { useNetwork } from '../../use-network.ts'

type PreviewProps = { readonly sample: NonNullable<DryRun['sample']> }

export function Preview({ sample }: PreviewProps) {
  const words = useWords(CHECK_STEP)
  const language = useLanguage()
  const [isOpen, setOpen] = useState(false)
  const credential = useMemo(() => credentialOf(sample), [sample])
  const { kind } = useNetwork()
  const { account, name } = useSession().session.issuer
  // As the page of a certificate names the issuer, once it is vouched for.
  const issuer = { account, name, namedBy: null, domain: null, claimedName: null }
  if (credential === undefined) return null
  return (
    <>
      <button
        type="button"
        class="button"
        onClick={() => {
          setOpen(true)
        }}
      >
        <Icon name="eye" />
        {words.see}
      </button>
      <Dialog
        isOpen={isOpen}
        isWide
        title={words.previewTitle(printNumber(sample.row, language))}
        onClose={() => {
          setOpen(false)
        }}
      >
        <Sheet
          certificate={{ credential, hidden: new Map() }}
          verdict={{ issuer, network: kind ?? null }}
          state="checking"
          foot={<p>{words.previewFoot}</p>}
        />
      </Dialog>
    </>
  )
}

/** Undefined where this page does not know what the server made. */
function credentialOf({ credential }: PreviewProps['sample']): Credential | undefined {
  try {
    return parseCredential(parseJson(utf8(JSON.stringify(credential))))
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}
