/** A verdict as people read it. What nobody confirms is labelled as the document's own claim. */

import { CHECK_NAMES, headlineOf, sentenceOf, subjectOf, title } from '../src/index.ts'
import type { Certificate, Check, CheckName, Note, Outcome, Verdict } from '../src/index.ts'
import { printable } from './printable.ts'
import type { Style, Terminal } from './terminal.ts'

const STYLES: Readonly<Record<Outcome, Style>> = {
  valid: 'green',
  invalid: 'red',
  undetermined: 'yellow',
}
const CHECK_MARKS: Readonly<Record<Check['outcome'], readonly [mark: string, style: Style]>> = {
  passed: ['✓', 'green'],
  failed: ['✗', 'red'],
  undetermined: ['?', 'yellow'],
}
/** Said elsewhere in the report, in a line of their own. */
const SAID_ELSEWHERE: ReadonlySet<string> = new Set([
  'claims-hidden',
  'issuer-name-is-its-own-claim',
  'local-network',
  'test-network',
])

/** Prints the report; `certificate` is undefined for bytes that are none. */
export function reportVerdict(
  terminal: Terminal,
  verdict: Verdict,
  certificate: Certificate | undefined,
): void {
  const { say, paint } = terminal
  say(paint('bold', paint(STYLES[verdict.outcome], headlineOf(verdict, terminal.language))))
  if (verdict.network !== null && verdict.network !== 'main') {
    say(paint('yellow', `! ${terminal.words.network[verdict.network]}`))
  }
  say('')
  const lines = certificate === undefined ? [] : factsOf(terminal, verdict, certificate)
  const width = Math.max(0, ...lines.map(([label]) => label.length))
  for (const [label, text] of lines) say(`${label.padEnd(width)}  ${text}`)
  if (lines.length > 0) say('')
  reportChecks(terminal, verdict)
  reportNotes(terminal, verdict)
}

function reportChecks({ words, language, say, paint }: Terminal, verdict: Verdict): void {
  const names = words.catalogue.checks
  const width = Math.max(...CHECK_NAMES.map((name) => names[name].length))
  for (const name of CHECK_NAMES) {
    const check = verdict.checks[name]
    const [mark, style] = CHECK_MARKS[check.outcome]
    const sentence = sentenceOf(name, check, language)
    say(`${paint(style, mark)} ${names[name].padEnd(width)}  ${sentence}${codeOf(check)}`)
  }
}

function reportNotes({ words, say }: Terminal, { notes }: Verdict): void {
  const rest = notes.filter(({ code }) => !SAID_ELSEWHERE.has(code))
  if (rest.length === 0) return
  say('')
  say(words.labels.notes)
  for (const note of rest) say(`- ${noteText(words.catalogue.notes[note.code], note)}`)
}

function noteText(text: string, { about }: Note): string {
  return about === undefined ? text : `${text}: ${printable(about)}`
}

function codeOf(check: Check): string {
  return check.outcome === 'passed' ? '' : ` [${check.code}]`
}

type Fact = readonly [label: string, text: string]

function factsOf(terminal: Terminal, verdict: Verdict, certificate: Certificate): Fact[] {
  const { words } = terminal
  const { labels } = words
  const { policy, block, anchoredAt, hidden } = verdict
  const verified = isBound(verdict)
  const mark = (text: string): string => {
    return `${printable(text)}${verified ? '' : ` (${labels.ownClaim}, ${labels.notVerified})`}`
  }
  const learner = learnerOf(certificate)
  const facts: (Fact | undefined)[] = [
    [labels.title, mark(title(certificate.credential))],
    learner === undefined ? undefined : [labels.learner, mark(learner)],
    [labels.issuer, issuerText(terminal, verdict)],
    [labels.hidden, hidden.length === 0 ? labels.nothing : hidden.map(claimName).join(', ')],
    anchoredAt === null ? undefined : [labels.anchored, anchoredAt],
    block === null ? undefined : [labels.block, blockText(terminal, verdict)],
    [labels.policy, `${printable(policy.name)} (${policy.digest.slice(0, 18)}…)`],
  ]
  return facts.filter((fact) => fact !== undefined)
}

/** Whether what the document says is what its issuer anchored: only then it is shown as anybody's word but its own. */
function isBound({ checks }: Verdict): boolean {
  const names: readonly CheckName[] = ['integrity', 'inclusion', 'anchor', 'operator', 'issuer']
  return names.every((name) => checks[name].outcome === 'passed')
}

function issuerText({ words: { labels } }: Terminal, { issuer }: Verdict): string {
  const by = {
    policy: labels.namedByPolicy,
    accreditation: labels.namedByAccreditation,
  }
  const { name = null, namedBy = null, claimedName = null, account = '' } = issuer ?? {}
  const known =
    name === null || namedBy === null
      ? `${labels.namedByNobody}, ${account}`
      : `${printable(name)} (${by[namedBy]})`
  if (claimedName === null || claimedName === name) return known
  return `${known}; ${labels.ownClaim}: ${printable(claimedName)}`
}

function blockText({ words }: Terminal, { block, level, network }: Verdict): string {
  const seen = block === null ? '' : words.labels.blockAt(block.number, block.time)
  const how = level === null ? undefined : words.catalogue.levels[level]
  const where = network === null ? undefined : words.network[network]
  return [seen, how, network === 'main' ? where : undefined]
    .filter((part) => part !== undefined)
    .join(', ')
}

/** What the document says of who the learner is, as far as it shows. */
function learnerOf({ credential }: Certificate): string | undefined {
  const subject = subjectOf(credential)
  const parts = [subject['givenName'], subject['familyName']]
  const name = parts.filter((part) => typeof part === 'string').join(' ')
  return name === '' ? undefined : name
}

/** `/credentialSubject/<name>` as its name. */
export function claimName(pointer: string): string {
  const token = pointer.slice(pointer.lastIndexOf('/') + 1)
  return printable(token.replaceAll('~1', '/').replaceAll('~0', '~'))
}
