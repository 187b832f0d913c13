/** Says, on a test or local network, that what is issued here is nothing official. */
import { useWords } from '../words/language.tsx'
import type { Words } from '../words/language.tsx'
import { useNetwork } from './use-network.ts'

type BandWords = Readonly<Record<'test' | 'local', (name: string | undefined) => string>>

const WORDS: Words<BandWords> = {
  en: {
    test: (name) =>
      `Test network${inBrackets(name)}: what is issued here is no official certificate.`,
    local: () =>
      'Local network, to try things out: what is issued here is no official certificate.',
  },
  fr: {
    test: (name) =>
      `Réseau de test${inBrackets(name)} : ce qui est émis ici n’est pas un certificat officiel.`,
    local: () =>
      'Réseau local, pour essayer : ce qui est émis ici n’est pas un certificat officiel.',
  },
}

export function NetworkBand() {
  const words = useWords(WORDS)
  const { kind, name } = useNetwork()
  if (kind === undefined || kind === 'main') return null
  return (
    <p class="desk-band">
      <span>{words[kind](name)}</span>
    </p>
  )
}

function inBrackets(name: string | undefined): string {
  return name === undefined ? '' : ` (${name})`
}
