/** A verdict with its reasons, the certificate that it is on, and what a reader can take away. */
import { useEffect, useState } from 'preact/hooks'
import { FormatError, parseDocument, utf8 } from '../../src/index.ts'
import type { Policy, Profile } from '../../src/index.ts'
import { reportOf } from '../engine/judge.ts'
import type { Judged } from '../engine/judge.ts'
import { Checks } from '../ui/checks.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Icon } from '../ui/icons.tsx'
import { Printed } from '../ui/seal-printed.tsx'
import { PrintButton } from '../ui/print-button.tsx'
import { SealSentence } from '../ui/seal-sentence.tsx'
import { Seal } from '../ui/seal.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { sealStateOf } from '../ui/states.ts'
import { Told } from '../ui/text.tsx'
import { fill } from '../words/fill.tsx'
import { useLanguage, useWords } from '../words/language.tsx'
import { printTime } from '../words/print.ts'
import { RESULT } from './result.words.ts'
import { saveFile } from './save.ts'
import { SETTINGS } from './settings.words.ts'

type VerdictViewProps = {
  readonly judged: Judged
  readonly profile?: Profile | undefined
  readonly chosenBySite: boolean
  /** Undefined for a report, which is judged as it is. */
  readonly again?: () => void
  readonly chooseProviders: () => void
}

export function VerdictView(props: VerdictViewProps) {
  const { judged, profile, chosenBySite, again, chooseProviders } = props
  const words = useWords(RESULT)
  const { verdict, document, policy } = judged
  const state = sealStateOf(verdict)
  const isOpen = state === 'undetermined'
  // The verdict shows first: what it rests on takes a slow device longer to draw. Effects run once it is painted.
  const [isPainted, setPainted] = useState(false)
  useEffect(() => {
    setPainted(true)
  }, [])
  return (
    <div class="verdict">
      <div class="verdict-side">
        <h2 class="print-only">{words.printTitle}</h2>
        <Seal
          state={state}
          asOf={verdict.asOf}
          printed={<OnPaper judged={judged} />}
          more={
            again !== undefined && isOpen ? (
              <button type="button" class="button" onClick={again}>
                <Icon name="retry" />
                {words.again}
              </button>
            ) : null
          }
        >
          <SealSentence judged={judged} />
          {document === undefined ? <Where bytes={judged.bytes} /> : null}
        </Seal>
        {isPainted ? (
          <>
            <NobodyToAsk judged={judged} chooseProviders={chooseProviders} />
            <Checks judged={judged} isChosenBySite={chosenBySite} />
            <TakeAway judged={judged} isReport={again === undefined} />
          </>
        ) : null}
      </div>
      {document === undefined ? null : (
        <div class="verdict-sheet">
          {state === 'invalid' ? <p class="quiet small">{words.notShown}</p> : null}
          {isPainted ? (
            <Sheet
              certificate={document.certificate}
              verdict={verdict}
              state={state}
              profile={profile}
              trusted={trustedNames(policy.policy, judged)}
            />
          ) : null}
        </div>
      )}
    </div>
  )
}

/** By whose trust it was checked, and where that can be done again: a file on a disk has no such place. */
function OnPaper({ judged: { verdict } }: Pick<VerdictViewProps, 'judged'>) {
  const words = useWords(RESULT)
  const language = useLanguage()
  const { protocol, host, origin } = window.location
  const isServed = protocol.startsWith('http')
  const parts = {
    time: printTime(verdict.judgedAt, language),
    policy: <Told>{verdict.policy.name}</Told>,
    address: <strong>{`${host}/verify`}</strong>,
  }
  return (
    <Printed address={isServed ? `${origin}/verify` : undefined}>
      {fill(isServed ? words.foot : words.footAlone, parts)}
    </Printed>
  )
}

/** Where the first fault of bytes stands that are no certificate. */
function Where({ bytes }: Pick<Judged, 'bytes'>) {
  const words = useWords(SETTINGS)
  const field = faultIn(bytes)
  if (field === '') return null
  return (
    <span class="where">
      {words.where} <code class="mono">{<Told>{field}</Told>}</code>
    </span>
  )
}

function faultIn(bytes: Uint8Array): string {
  try {
    parseDocument(bytes)
    return ''
  } catch (error) {
    if (error instanceof FormatError) return error.field
    throw error
  }
}

/** Whom the policy trusts by name, but for the one whose certificate this is. */
function trustedNames({ issuers, accreditors }: Policy, { verdict }: Judged): string[] {
  const others = issuers.filter(({ account }) => account.text !== verdict.issuer?.account)
  return [...others, ...accreditors].map(({ name }) => name)
}

type NobodyProps = { readonly judged: Judged; readonly chooseProviders: () => void }

/** Where the policy cannot go further by itself, what its reader can do. */
function NobodyToAsk({ judged: { document, policy }, chooseProviders }: NobodyProps) {
  const words = useWords(RESULT)
  if (document === undefined) return null
  const { chainId, text } = document.certificate.home
  const { registries, providers } = policy.policy
  const isKnown = registries.some(({ home }) => home.text === text)
  if (isKnown && (providers.get(chainId)?.length ?? 0) > 0) return null
  return (
    <div class="notice">
      <p>{fill(isKnown ? words.noProvider : words.unknownHome, { chain: chainId })}</p>
      <button type="button" class="button" onClick={chooseProviders}>
        {isKnown ? words.addProvider : words.otherPolicy}
      </button>
    </div>
  )
}

type TakeAwayProps = { readonly judged: Judged; readonly isReport: boolean }

function TakeAway({ judged, isReport }: TakeAwayProps) {
  const words = useWords(RESULT)
  const text = JSON.stringify(judged.verdict, null, 2)
  return (
    <div class="row take-away no-print">
      {isReport ? null : (
        <button
          type="button"
          class="button"
          onClick={() => {
            saveFile('inaltera-report.json', reportOf(judged))
          }}
        >
          <Icon name="download" />
          {words.keepReport}
        </button>
      )}
      <button
        type="button"
        class="button"
        onClick={() => {
          saveFile('inaltera-verdict.json', utf8(`${text}\n`))
        }}
      >
        <Icon name="download" />
        {words.keepVerdict}
      </button>
      <PrintButton />
      <CopyButton text={text} of={words.verdict} isWide />
    </div>
  )
}
