/** The certificate page: the seal and the sheet, what a holder does with it, and what was checked. */
import type { HolderLink } from '../../src/index.ts'
import { useEffect, useState } from 'preact/hooks'
import { Checks } from '../ui/checks.tsx'
import { JudgedPage, NoSheetYet, SealMore } from '../ui/judged-page.tsx'
import { Notice } from '../ui/notice.tsx'
import { Printed } from '../ui/seal-printed.tsx'
import { SealSentence } from '../ui/seal-sentence.tsx'
import { Seal } from '../ui/seal.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { sealStateOf } from '../ui/states.ts'
import type { SealState } from '../ui/states.ts'
import { fill, fillText } from '../words/fill.tsx'
import { useLanguage, useWords } from '../words/language.tsx'
import { printDay, printNumber, printTime } from '../words/print.ts'
import { Actions } from './actions.tsx'
import { printLink, takeAddress } from './address.ts'
import { Closed } from './closed.tsx'
import { useOpening } from './opening.ts'
import type { Shown, Step } from './opening.ts'
import { Retry, SuccessorLink } from './page-actions.tsx'
import { PAGE } from './page.words.ts'
import { Privacy } from './privacy.tsx'
import './page.css'

export function CertificatePage() {
  const words = useWords(PAGE)
  const [address, setAddress] = useState(takeAddress)
  useTitle(words.title)
  useEffect(() => {
    // The same page with another fragment: a link that is pasted over this one.
    const takeAgain = (): void => {
      setAddress(takeAddress())
    }
    window.addEventListener('hashchange', takeAgain)
    return () => {
      window.removeEventListener('hashchange', takeAgain)
    }
  }, [])
  if (address.kind === 'no-secret') {
    return (
      <Notice state="undetermined" title={words.noSecretTitle}>
        <p>{words.noSecret}</p>
      </Notice>
    )
  }
  if (address.kind === 'damaged') {
    return (
      <Notice state="undetermined" title={words.damagedTitle}>
        <p>{words.damaged}</p>
      </Notice>
    )
  }
  return <Opening link={address.link} />
}

function Opening({ link }: { readonly link: HolderLink }) {
  const [step, again] = useOpening(link)
  switch (step.kind) {
    case 'fetching':
    case 'asking':
      return <Waiting step={step} />
    case 'closed':
      return <Closed opened={step.opened} successor={step.successor} onRetry={again} />
    case 'no-policy':
      return (
        <Closed
          opened={{ state: 'unreachable', code: 'no-policy' }}
          successor={undefined}
          onRetry={again}
        />
      )
    case 'judged':
      return <Judgement link={link} shown={step} onRetry={again} />
  }
}

/** What it is doing, in words; the sheet stands there as soon as it is open, without a word on its issuer. */
function Waiting({ step }: { readonly step: Extract<Step, { kind: 'fetching' | 'asking' }> }) {
  const words = useWords(PAGE)
  const language = useLanguage()
  const doing =
    step.kind === 'fetching'
      ? words.fetching
      : step.providers === 1
        ? words.askingOne
        : fillText(words.asking, { count: printNumber(step.providers, language) })
  return (
    <JudgedPage
      seal={<Seal state="checking">{doing}</Seal>}
      sheet={
        step.kind === 'asking' ? (
          <Sheet certificate={step.certificate} verdict={undefined} state="checking" />
        ) : (
          <NoSheetYet />
        )
      }
    />
  )
}

type JudgementProps = {
  readonly link: HolderLink
  readonly shown: Shown
  readonly onRetry: () => void
}

function Judgement({ link, shown, onRetry }: JudgementProps) {
  const { judged, certificate, profile } = shown
  const { verdict, policy } = judged
  const state = stateOf(shown)
  return (
    <JudgedPage
      seal={
        <>
          <Verdict shown={shown} state={state} onRetry={onRetry} />
          {certificate === undefined ? null : (
            <Actions link={link} certificate={certificate} judged={judged} profile={profile} />
          )}
        </>
      }
      sheet={
        certificate && (
          <Sheet
            certificate={certificate}
            verdict={verdict}
            state={state}
            profile={profile}
            trusted={[...policy.policy.issuers, ...policy.policy.accreditors].map(
              ({ name }) => name,
            )}
            foot={<Foot judgedAt={verdict.judgedAt} />}
          />
        )
      }
      rest={
        <>
          <Privacy link={printLink(link)} />
          <Checks judged={judged} isChosenBySite />
        </>
      }
    />
  )
}

/** A correction revokes what it corrects: then the way to the new one is what its holder needs. */
function stateOf({ judged, successor }: Shown): SealState {
  const state = sealStateOf(judged.verdict)
  return state === 'revoked' && successor !== undefined ? 'replaced' : state
}

type VerdictProps = Omit<JudgementProps, 'link'> & { readonly state: SealState }

function Verdict({ shown, state, onRetry }: VerdictProps) {
  const words = useWords(PAGE)
  const language = useLanguage()
  const { judged, reported, successor } = shown
  const { verdict } = judged
  const at = successor?.at ?? reported?.at
  return (
    <Seal
      state={state}
      asOf={verdict.asOf}
      printed={
        <Printed address={`${window.location.origin}/verify`}>
          <Foot judgedAt={verdict.judgedAt} />
        </Printed>
      }
      more={
        <SealMore>
          {state === 'undetermined' ? <Retry onRetry={onRetry} /> : null}
          {successor?.link === undefined ? null : <SuccessorLink href={successor.link} />}
        </SealMore>
      }
    >
      {state === 'replaced' ? (
        fill(at === undefined ? words.replaced : words.replacedOn, {
          date: at === undefined ? '' : printDay(at, language),
        })
      ) : (
        <SealSentence judged={judged} reported={reported} />
      )}
      {verdict.network === 'test' || verdict.network === 'local' ? (
        <span class="seal-network">{words.networks[verdict.network]}</span>
      ) : null}
    </Seal>
  )
}

function Foot({ judgedAt }: { readonly judgedAt: string }) {
  const words = useWords(PAGE)
  const language = useLanguage()
  const { host } = window.location
  return fill(words.foot, {
    time: printTime(judgedAt, language),
    address: <strong>{`${host}/verify`}</strong>,
  })
}

/** The same for every certificate: no list of visited pages says what a learner has. */
function useTitle(title: string): void {
  useEffect(() => {
    document.title = title
  }, [title])
}
