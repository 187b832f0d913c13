/** The one sentence of a seal, of what its verdict and its evidence say. */
import type { ComponentChildren } from 'preact'
import { CHECK_NAMES, sentenceOf } from '../../src/index.ts'
import type { Language, ReasonCode, UndeterminedCode } from '../../src/index.ts'
import type { Judged } from '../engine/judge.ts'
import { fill } from '../words/fill.tsx'
import { useLanguage } from '../words/language.tsx'
import { printDay, printNumber, printWrittenDay } from '../words/print.ts'
import { SENTENCES } from './seal-sentence.words.ts'
import { headlineOf, sealStateOf } from './states.ts'
import { Told } from './text.tsx'

/** What the issuer's server says of a change of status: its word, shown as reported. */
export type Reported = { readonly reason: ReasonCode; readonly at: string }

type Seen = Pick<Judged, 'verdict' | 'evidence' | 'document'>
type SealSentenceProps = { readonly judged: Seen; readonly reported?: Reported | undefined }

export function SealSentence({ judged, reported }: SealSentenceProps) {
  return <>{sealSentence(judged, useLanguage(), reported)}</>
}

/** For who has no component at hand: the nodes of the sentence. */
export function sealSentence(
  judged: Seen,
  language: Language,
  reported?: Reported,
): ComponentChildren {
  const words = SENTENCES[language]
  const { verdict } = judged
  const issuer = issuerNode(judged, language)
  const when = verdict.anchoredAt === null ? '' : printDay(verdict.anchoredAt, language)
  switch (sealStateOf(verdict)) {
    case 'valid':
      return fill(words.valid, { issuer, date: when })
    case 'valid-as-of':
      return fill(words.validAsOf, { issuer, date: when })
    case 'revoked':
      return statusSentence(words.revoked, words.revokedReported, { issuer, language, reported })
    case 'suspended':
      return statusSentence(words.suspended, words.suspendedReported, {
        issuer,
        language,
        reported,
      })
    case 'expired':
      return fill(words.expired, { issuer, date: endOf(judged, language) })
    case 'unvouched':
      return unvouchedSentence(judged, language)
    case 'undetermined':
      return undeterminedSentence(judged, language)
    default:
      return failureOf(judged, language)
  }
}

/** Who stands behind it: as the policy or an accreditor names it, else the domain, never the document's own word. */
function issuerNode({ verdict }: Seen, language: Language): ComponentChildren {
  const name = headlineOf(verdict)
  return name === undefined ? SENTENCES[language].someIssuer : <Told>{name}</Told>
}

type Status = {
  readonly issuer: ComponentChildren
  readonly language: Language
  readonly reported: Reported | undefined
}

function statusSentence(plain: string, dated: string, status: Status): ComponentChildren {
  const { issuer, language, reported } = status
  if (reported === undefined) return fill(plain, { issuer })
  return fill(dated, {
    issuer,
    date: printDay(reported.at, language),
    reason: SENTENCES[language].reasons[reported.reason],
  })
}

function endOf({ document }: Seen, language: Language): string {
  const until = document?.certificate.credential['validUntil']
  return typeof until === 'string' ? printWrittenDay(until, language) : ''
}

function unvouchedSentence({ verdict }: Seen, language: Language): ComponentChildren {
  const words = SENTENCES[language]
  const { issuer } = verdict.checks
  const disagrees = issuer.outcome === 'undetermined' && issuer.code === 'domain-disagrees'
  return disagrees ? words.domainDisagrees : words.unvouched
}

/** Reasons that lie with the network, and not with the document or the policy. */
const SILENT: readonly UndeterminedCode[] = ['unreachable', 'timeout']

function undeterminedSentence({ verdict, evidence }: Seen, language: Language): ComponentChildren {
  const words = SENTENCES[language]
  const codes = CHECK_NAMES.flatMap((name) => {
    const check = verdict.checks[name]
    return check.outcome === 'undetermined' && check.code !== 'not-checked' ? [check.code] : []
  })
  const [code = 'unreachable'] = codes
  if (code === 'not-final') return words.notFinal
  const asked = evidence?.chain.providers ?? []
  const silent = asked.filter(({ outcome }) => outcome !== 'answered').length
  if (SILENT.includes(code) && silent > 0) {
    const parts = {
      silent: printNumber(silent, language),
      all: printNumber(asked.length, language),
    }
    return fill(asked.length === 1 ? words.onlySilent : words.silent, parts)
  }
  const reason = sentenceOf('anchor', { outcome: 'undetermined', code }, language)
  return fill(words.otherwise, { reason })
}

/** The first check that failed decides what a reader is told first. */
function failureOf({ verdict }: Seen, language: Language): string {
  const name = CHECK_NAMES.find((one) => verdict.checks[one].outcome === 'failed') ?? 'integrity'
  return sentenceOf(name, verdict.checks[name], language)
}
