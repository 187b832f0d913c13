/** Says, on a test or local network, that what is issued here is nothing official. */
import { parseAccount, presetOfChain } from '../../src/index.ts'
import type { Policy } from '../../src/index.ts'
import { sitePolicy } from '../engine/site.ts'
import { useWords } from '../words/language.tsx'
import type { Words } from '../words/language.tsx'
import { useLoaded } from './load.ts'
import { useSession } from './session.tsx'

type Kind = 'main' | 'test' | 'local'
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
  const { session } = useSession()
  const { account } = session.issuer
  const { value: kind } = useLoaded(
    async () => kindOf(account, (await sitePolicy()).policy),
    [account],
  )
  if (kind === undefined || kind === 'main') return null
  return (
    <p class="desk-band">
      <span>{words[kind](presetOfChain(chainOf(account))?.name)}</span>
    </p>
  )
}

/** What the policy of this site pins the issuer's chain as. */
function kindOf(account: string, { registries }: Policy): Kind | undefined {
  const chain = chainOf(account)
  return registries.find(({ home }) => home.chainId === chain)?.kind
}

function chainOf(account: string): string {
  return parseAccount(account, 'issuer/account').chainId
}

function inBrackets(name: string | undefined): string {
  return name === undefined ? '' : ` (${name})`
}
