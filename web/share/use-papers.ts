/** The files that a holder prints or carries elsewhere, as items of a menu: made here, and sent to nobody. */
import { accentOf } from '../../src/index.ts'
import type { Certificate, Profile } from '../../src/index.ts'
import type { Judged } from '../engine/judge.ts'
import { saveFile } from '../engine/save-file.ts'
import type { MenuItem } from '../ui/menu.tsx'
import { SEAL } from '../ui/seal.words.ts'
import { isCarried } from '../ui/sheet-facts.ts'
import { headlineOf, sealStateOf } from '../ui/states.ts'
import { say } from '../ui/toast.tsx'
import { useLanguage, useWords } from '../words/language.tsx'
import { makeBadge, makePdf } from './downloads.ts'
import type { PaperOptions } from './downloads.ts'
import { BUTTONS } from './share-buttons.words.ts'

export type Papers = {
  readonly certificate: Certificate
  readonly judged: Pick<Judged, 'verdict'>
  readonly profile?: Profile | undefined
  /** Of the file, without its ending: it says which certificate, and not whose. */
  readonly name: string
  /** Where the code of a paper leads: the address of a verifier. */
  readonly address: string
}

export function usePapers({ certificate, judged, profile, name, address }: Papers): MenuItem[] {
  const words = useWords(BUTTONS)
  const language = useLanguage()
  const options = { ...looksOf(judged, profile), language, address }
  const state = sealStateOf(judged.verdict)
  const notice = state === 'valid' ? undefined : SEAL[language][state]
  const save = async (ending: Ending, making: Promise<Uint8Array>): Promise<void> => {
    say(words.making)
    try {
      saveFile(`${name}.${ending}`, TYPES[ending], await making)
      say('')
    } catch {
      // Fonts that did not come, or a browser that draws nothing: either way there is no file.
      say(words.notMade)
    }
  }
  return [
    {
      label: words.pdf,
      hint: words.pdfHint,
      onChoose: () => save('pdf', makePdf(certificate, { ...options, notice })),
    },
    {
      label: words.png,
      hint: words.pngHint,
      onChoose: () => save('png', makeBadge('png', certificate, options)),
    },
    {
      label: words.svg,
      hint: words.svgHint,
      onChoose: () => save('svg', makeBadge('svg', certificate, options)),
    },
  ]
}

const TYPES = { pdf: 'application/pdf', png: 'image/png', svg: 'image/svg+xml' } as const
type Ending = keyof typeof TYPES
type Looks = Pick<PaperOptions, 'issuer' | 'network' | 'accent' | 'logo'>

function looksOf({ verdict }: Papers['judged'], profile: Profile | undefined): Looks {
  const { network } = verdict
  const image = profile?.image
  return {
    issuer: headlineOf(verdict),
    network,
    accent: accentOf(profile?.colours),
    logo: image !== undefined && isCarried(image) ? image : undefined,
  }
}
