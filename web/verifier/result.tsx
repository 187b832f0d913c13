/** One thing that was brought, and what became of it. */
import type { ComponentChildren } from 'preact'
import { boundProfile, FormatError, parseDocument, parsePolicy } from '../../src/index.ts'
import type { Profile, Replay, Report } from '../../src/index.ts'
import type { Judged as JudgedReport } from '../engine/judge.ts'
import { Seal } from '../ui/seal.tsx'
import { Told } from '../ui/text.tsx'
import { fill } from '../words/fill.tsx'
import { useLanguage, useWords } from '../words/language.tsx'
import { printNumber, printTime } from '../words/print.ts'
import type { Choosing } from './choice.ts'
import type { Desk } from './desk.ts'
import type { Item, ItemState } from './items.ts'
import { OtherHost, ToldByHost } from './other-host.tsx'
import { Problem } from './problem.tsx'
import { RESULT } from './result.words.ts'
import { VerdictView } from './verdict-view.tsx'

export type ResultProps = {
  readonly item: Item
  readonly desk: Desk
  readonly choosing: Choosing
  readonly chooseProviders: () => void
}

export function Result(props: ResultProps) {
  const { item, desk } = props
  const words = useWords(RESULT)
  return (
    <>
      {item.successor === undefined ? null : (
        <div class="notice" role="status">
          <p>{words.successor}</p>
          <button
            type="button"
            class="button primary"
            onClick={() => {
              desk.followOn(item)
            }}
          >
            {words.followOn}
          </button>
        </div>
      )}
      <Outcome {...props} />
    </>
  )
}

function Outcome(props: ResultProps) {
  const { item, desk, choosing } = props
  const words = useWords(RESULT)
  const { state } = item
  switch (state.step) {
    case 'ask':
      return (
        <OtherHost
          link={state.link}
          open={() => {
            desk.open(item)
          }}
        />
      )
    case 'opening':
      return <Seal state="checking">{words.opening}</Seal>
    case 'checking':
      return <Checking choosing={choosing} />
    case 'judged':
      return <Judged {...props} state={state} />
    case 'replayed':
      return <Replayed {...props} state={state} />
    case 'told':
      return (
        <ToldByHost
          link={state.link}
          told={state.told}
          again={() => {
            desk.open(item)
          }}
        />
      )
    case 'policy':
      return <PolicyFound {...props} state={state} />
    case 'nothing':
      return <Notice title={words.nothingHere}>{words.nothing[state.why]}</Notice>
    case 'broken':
      return (
        <Notice title={state.what === 'report' ? words.brokenReport : words.brokenPolicy}>
          <Problem error={state.error} />
        </Notice>
      )
  }
}

type At<Step> = { readonly state: Extract<ItemState, { readonly step: Step }> }

function Judged({ item, desk, choosing, chooseProviders, state }: ResultProps & At<'judged'>) {
  const { judged, bytes, profile } = state
  return (
    <VerdictView
      judged={judged}
      profile={profile}
      chosenBySite={choosing.choice === 'site'}
      again={() => {
        desk.remove(item)
        desk.again(bytes, item.label)
      }}
      chooseProviders={chooseProviders}
    />
  )
}

function Checking({ choosing }: { readonly choosing: Choosing }) {
  const words = useWords(RESULT)
  const language = useLanguage()
  const policy = choosing.by?.policy.policy
  const most = Math.max(0, ...[...(policy?.providers.values() ?? [])].map(({ length }) => length))
  return (
    <Seal state="checking">{fill(words.checking, { count: printNumber(most, language) })}</Seal>
  )
}

function Replayed({ item, desk, state, ...props }: ResultProps & At<'replayed'>) {
  const words = useWords(RESULT)
  const language = useLanguage()
  const { report, replay } = state
  const { verdict } = replay
  const judged = judgedOf(report, replay)
  const name = <Told>{verdict.policy.name}</Told>
  const sentence = replay.same
    ? fill(words.replaySame, { time: printTime(verdict.judgedAt, language) })
    : words.replayDiffers
  return (
    <>
      <div class={replay.same ? 'notice' : 'notice is-bad'} role="status">
        <h3>{words.replayTitle}</h3>
        <p>{sentence}</p>
        <p>{fill(words.replayTrust, { name })}</p>
        <button
          type="button"
          class="button"
          onClick={() => {
            desk.again(report.certificate, item.label)
          }}
        >
          {words.checkNow}
        </button>
      </div>
      <VerdictView
        judged={judged}
        profile={lookInside(judged)}
        chosenBySite={false}
        chooseProviders={props.chooseProviders}
      />
    </>
  )
}

/** All that a report holds, with the verdict that follows from it. */
function judgedOf(report: Report, { verdict }: Replay): JudgedReport {
  const { certificate, policy, evidence, now, asOf } = report
  return {
    bytes: certificate,
    document: documentOf(report),
    verdict,
    evidence,
    policy: { bytes: policy, policy: parsePolicy(policy) },
    now,
    asOf,
  }
}

/** As the evidence has it: nobody is asked for a picture. */
function lookInside({ document, evidence }: JudgedReport): Profile | undefined {
  if (document === undefined || evidence === null) return undefined
  return boundProfile(document.certificate, evidence)
}

function documentOf({ certificate }: Report): ReturnType<typeof parseDocument> | undefined {
  try {
    return parseDocument(certificate)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

function PolicyFound({ item, desk, choosing, state }: ResultProps & At<'policy'>) {
  const words = useWords(RESULT)
  const { policy } = state
  return (
    <div class="notice">
      <h3>{fill(words.policyFound, { name: <Told>{policy.policy.name}</Told> })}</h3>
      <p>{words.policySays}</p>
      <button
        type="button"
        class="button"
        onClick={() => {
          choosing.bring(policy)
          desk.remove(item)
        }}
      >
        {words.usePolicy}
      </button>
    </div>
  )
}

type NoticeProps = { readonly title: string; readonly children: ComponentChildren }

function Notice({ title, children }: NoticeProps) {
  return (
    <div class="notice" role="status">
      <h3>{title}</h3>
      <p>{children}</p>
    </div>
  )
}
