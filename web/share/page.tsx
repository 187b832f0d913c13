/** The page of a share: the seal, the sheet as its holder lets it be seen, and what was checked. */
import type { Judged } from '../engine/judge.ts'
import { saveFile } from '../engine/save-file.ts'
import { Checks } from '../ui/checks.tsx'
import { Icon } from '../ui/icons.tsx'
import { JudgedPage, NoSheetYet, SealMore } from '../ui/judged-page.tsx'
import { Notice } from '../ui/notice.tsx'
import { Printed } from '../ui/seal-printed.tsx'
import { PrintButton } from '../ui/print-button.tsx'
import { SealSentence } from '../ui/seal-sentence.tsx'
import { Seal } from '../ui/seal.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { sealStateOf } from '../ui/states.ts'
import { fill, fillText } from '../words/fill.tsx'
import { useLanguage, useWords } from '../words/language.tsx'
import { printNumber, printTime } from '../words/print.ts'
import { useOpened } from './opened.ts'
import type { Opened, Seen } from './opened.ts'
import './page.css'
import { PAGE } from './page.words.ts'

export function SharePage({ id }: { readonly id: string }) {
  const [opened, again] = useOpened(id)
  switch (opened.state) {
    case 'opening':
    case 'judging':
      return <Waiting opened={opened} />
    case 'judged':
      return <Judgement id={id} seen={opened} onRetry={again} />
    case 'closed':
      return <Closed why={opened.why} onRetry={again} />
  }
}

type WaitingProps = { readonly opened: Extract<Opened, { state: 'opening' | 'judging' }> }

/** What it is doing, in words; the sheet stands there as soon as it came, without a word on its issuer. */
function Waiting({ opened }: WaitingProps) {
  const certificate = opened.state === 'judging' ? opened.certificate : undefined
  return (
    <JudgedPage
      seal={<Seal state="checking">{useDoing(opened)}</Seal>}
      sheet={
        certificate === undefined ? (
          <NoSheetYet />
        ) : (
          <Sheet certificate={certificate} verdict={undefined} state="checking" />
        )
      }
    />
  )
}

export function useDoing(opened: WaitingProps['opened']): string {
  const words = useWords(PAGE)
  const language = useLanguage()
  if (opened.state === 'opening') return words.opening
  if (opened.providers === 1) return words.askingOne
  return fillText(words.asking, { count: printNumber(opened.providers, language) })
}

type JudgementProps = {
  readonly id: string
  readonly seen: Seen
  readonly onRetry: () => void
}

function Judgement({ id, seen, onRetry }: JudgementProps) {
  const { judged, profile } = seen
  const { verdict, policy, document } = judged
  const state = sealStateOf(verdict)
  const { issuers, accreditors } = policy.policy
  const foot = <Foot id={id} judgedAt={verdict.judgedAt} />
  return (
    <JudgedPage
      seal={
        <Seal
          state={state}
          asOf={verdict.asOf}
          printed={<Printed address={`${window.location.origin}/s/${id}`}>{foot}</Printed>}
          more={
            <SealMore>{state === 'undetermined' ? <Retry onRetry={onRetry} /> : null}</SealMore>
          }
        >
          <SealSentence judged={judged} />
        </Seal>
      }
      sheet={
        document && (
          <Sheet
            certificate={document.certificate}
            verdict={verdict}
            state={state}
            profile={profile}
            trusted={[...issuers, ...accreditors].map(({ name }) => name)}
            foot={foot}
          />
        )
      }
      rest={
        <>
          <About id={id} judged={judged} />
          <Checks judged={judged} isChosenBySite />
        </>
      }
    />
  )
}

function About({ id, judged }: { readonly id: string; readonly judged: Judged }) {
  const words = useWords(PAGE)
  return (
    <section class="card shared-about">
      <h2>{words.about}</h2>
      <p>{words.aboutMore}</p>
      <div class="row">
        <button
          type="button"
          class="button"
          onClick={() => {
            saveFile(`certificate-${id.slice(0, 8)}.json`, 'application/json', judged.bytes)
          }}
        >
          <Icon name="download" />
          {words.save}
        </button>
        <PrintButton />
        <a class="button" href="/verify">
          {words.verify}
        </a>
      </div>
    </section>
  )
}

function Foot({ id, judgedAt }: { readonly id: string; readonly judgedAt: string }) {
  const words = useWords(PAGE)
  const language = useLanguage()
  const address = <strong>{`${window.location.host}/s/${id}`}</strong>
  return fill(words.foot, { time: printTime(judgedAt, language), address })
}

type ClosedProps = {
  readonly why: Extract<Opened, { state: 'closed' }>['why']
  readonly onRetry: () => void
}

/** Where there is nothing to show: ended, never there, or out of reach. */
export function Closed({ why, onRetry }: ClosedProps) {
  const words = useWords(PAGE)
  switch (why) {
    case 'gone':
      return (
        <Notice state="undetermined" title={words.goneTitle}>
          <p>{words.gone}</p>
        </Notice>
      )
    case 'not-found':
      return (
        <Notice state="undetermined" title={words.missingTitle}>
          <p>{words.missing}</p>
        </Notice>
      )
    case 'unreachable':
      return (
        <Notice state="undetermined" title={words.awayTitle} actions={<Retry onRetry={onRetry} />}>
          <p>{words.away}</p>
        </Notice>
      )
  }
}

function Retry({ onRetry }: { readonly onRetry: () => void }) {
  const words = useWords(PAGE)
  return (
    <button type="button" class="button" onClick={onRetry}>
      <Icon name="retry" />
      {words.retry}
    </button>
  )
}
