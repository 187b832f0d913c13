/** The certificate as a sheet of paper. Nothing outside of the commitment stands on it, but who its issuer is trusted to be. */
import type { ComponentChildren } from 'preact'
import { accentOf } from '../../src/index.ts'
import type { Certificate, Profile, Verdict } from '../../src/index.ts'
import { useWords } from '../words/language.tsx'
import { Icon } from './icons.tsx'
import { lookAlikeOf } from './look-alike.ts'
import { SealShape } from './seal-shape.tsx'
import { SEAL } from './seal.words.ts'
import { isCarried, sheetFactsOf } from './sheet-facts.ts'
import type { SheetFacts } from './sheet-facts.ts'
import { SheetBody } from './sheet-body.tsx'
import './sheet.css'
import { SHEET } from './sheet.words.ts'
import { headlineIn, isGood } from './states.ts'
import type { Named, SealState } from './states.ts'
import { Told } from './text.tsx'

export type SheetProps = {
  readonly certificate: Pick<Certificate, 'credential' | 'hidden'>
  /** Undefined until there is one; without its checks where nothing was judged, as in a preview. */
  readonly verdict: (Named & Pick<Verdict, 'network'>) | undefined
  readonly state: SealState
  /** As the issuer bound it to its account; how it looks, not who it is. */
  readonly profile?: Profile | undefined
  /** Names of the policy, which a document may only resemble. */
  readonly trusted?: readonly string[]
  /** Below all else; on paper, the seal says it. */
  readonly foot?: ComponentChildren
}

export function Sheet({ certificate, verdict, state, profile, trusted = [], foot }: SheetProps) {
  const facts = sheetFactsOf(certificate)
  const accent = accentOf(profile?.colours)
  return (
    <article
      class={`sheet ${isGood(state) ? '' : 'sheet-doubtful'}`}
      style={accent === undefined ? {} : { '--accent': accent }}
    >
      <Bands state={state} network={verdict?.network ?? null} />
      <div class="sheet-content">
        <Head
          facts={facts}
          headline={headlineIn(state, verdict)}
          profile={profile}
          trusted={trusted}
        />
        <SheetBody facts={facts} />
        {foot === undefined ? null : <footer class="sheet-foot no-print">{foot}</footer>}
      </div>
    </article>
  )
}

type BandsProps = { readonly state: SealState; readonly network: Verdict['network'] }

/** They stand on the sheet itself, so that a picture of it without its seal says so too. */
function Bands({ state, network }: BandsProps) {
  const words = useWords(SHEET)
  const states = useWords(SEAL)
  return (
    <>
      {network === 'test' || network === 'local' ? (
        <p class="band band-network">
          <span>{network === 'test' ? words.testNetwork : words.localNetwork}</span>
        </p>
      ) : null}
      {isGood(state) ? null : (
        <p class="band band-state">
          <SealShape state={state} size={24} />
          {states[state]}
        </p>
      )}
    </>
  )
}

type HeadProps = {
  readonly facts: SheetFacts
  /** Who is trusted to be its issuer. */
  readonly headline: string | undefined
  readonly profile: Profile | undefined
  readonly trusted: readonly string[]
}

/** The headline is the policy's or an accreditor's name, else a domain's; the document's own stands below, as its claim. */
function Head({ facts, headline, profile, trusted }: HeadProps) {
  const words = useWords(SHEET)
  const { claimedIssuer } = facts
  const kind = facts.kind === undefined ? undefined : words.kinds[facts.kind]
  const isClaim = claimedIssuer !== undefined && claimedIssuer !== headline
  const logo = headline === undefined ? undefined : logoOf(profile, facts)
  return (
    <header class="sheet-head">
      {logo === undefined ? null : <img class="sheet-logo" src={logo} alt="" />}
      <div>
        {headline === undefined ? null : (
          <p class="sheet-issuer">
            <Told>{headline}</Told>
          </p>
        )}
        {isClaim ? (
          <p class={headline === undefined ? 'sheet-claim sheet-claim-alone' : 'sheet-claim'}>
            {words.claimsIssuer} <Told>{claimedIssuer}</Told>
          </p>
        ) : null}
        {isClaim ? (
          <LookAlikeWarning name={claimedIssuer} trusted={trusted} headline={headline} />
        ) : null}
      </div>
      {kind === undefined ? null : <p class="sheet-kind">{kind}</p>}
    </header>
  )
}

/** Of the profile that the issuer bound, else of the document; only a picture in itself. */
function logoOf(profile: Profile | undefined, { claimedLogo }: SheetFacts): string | undefined {
  const { image } = profile ?? {}
  return image !== undefined && isCarried(image) ? image : claimedLogo
}

type WarningProps = {
  readonly name: string
  readonly trusted: readonly string[]
  readonly headline: string | undefined
}

function LookAlikeWarning({ name, trusted, headline }: WarningProps) {
  const words = useWords(SHEET)
  const found = lookAlikeOf(
    name,
    trusted.filter((one) => one !== headline),
  )
  if (found === undefined) return null
  return (
    <p class="sheet-warning">
      <Icon name="warning" />
      <span>
        {found.kind === 'mixed' ? (
          <>
            {words.mixedLetters} <Told>{found.letters.map(withCode).join(', ')}</Told>
          </>
        ) : (
          <>
            {words.resembles} <Told>{found.name}</Told>
          </>
        )}
      </span>
    </p>
  )
}

/** A letter that looks like another, and the number that tells it apart. */
function withCode(letter: string): string {
  const code = letter.codePointAt(0) ?? 0
  return `${letter} (U+${code.toString(16).toUpperCase().padStart(4, '0')})`
}
