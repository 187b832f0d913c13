/** `inaltera verify`: the verdict on one certificate, from the chain, from one file, or as a report has it. */

import type { Command } from 'commander'
import {
  evidenceOfBundle,
  FormatError,
  instantOfMilliseconds,
  momentOf,
  parseDocument,
  parseInstant,
  printReport,
  verdictOfMalformed,
  verify,
} from '../../src/index.ts'
import type { Bundle, Certificate, Instant, Report, Verdict } from '../../src/index.ts'
import { loadDocument } from '../document.ts'
import { exitOf, usage } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { readBytes, writeBytes } from '../files.ts'
import { findPolicy, noPolicy, policyOfNobody } from '../policy.ts'
import type { FoundPolicy } from '../policy.ts'
import { printable } from '../printable.ts'
import { commandOf, dataOption, run } from '../program.ts'
import { replayReport } from '../replay.ts'
import type { Terminal } from '../terminal.ts'
import { reportVerdict } from '../verdict-report.ts'
import { judge } from '../verification.ts'
import type { Judging } from '../verification.ts'

/** Keeps the chain of a data folder up until it is called again; what the published package cannot do. */
export type HoldChain = (folder: string, terminal: Terminal) => Promise<() => Promise<void>>

type Options = {
  readonly data: string
  readonly policy?: string
  readonly asOf?: string
  readonly profile?: string
  readonly save?: string
  readonly offline?: boolean
  readonly report?: string
  readonly replay?: string
}

export function addVerify(program: Command, terminal: Terminal, holdChain?: HoldChain): void {
  commandOf(program, 'verify', 'verify a certificate: exit code 0 valid, 1 invalid, 2 undetermined')
    .argument('[file|link]', 'certificate or evidence bundle, - for standard input, or holder link')
    .option('--policy <file>', 'whom to trust; by default the policy of the data folder')
    .option(
      '--as-of <time>',
      'judge a past moment: 2026-06-12 (its first instant, UTC) or RFC 3339',
    )
    .option('--offline', 'judge an evidence bundle by what it holds, without any network')
    .option('--profile <file>', "the issuer's profile, for an issuer named by something else")
    .option('--save <file>', 'keep the certificate that a link leads to')
    .option('--report <file>', 'keep the verdict with all that went into it')
    .option('--replay <file>', 'judge again what such a report holds: 0 consistent, 1 not')
    .addOption(dataOption())
    .action((target: string | undefined, options: Options) =>
      run(() => {
        const { replay } = options
        const isOneOfBoth = (target === undefined) !== (replay === undefined)
        const { policy, asOf, offline, profile, save, report } = options
        const more = [policy, asOf, offline, profile, save, report].some((one) => one !== undefined)
        if (!isOneOfBoth || (replay !== undefined && more)) {
          throw usage('file-or-replay', terminal.words.fileOrReplay)
        }
        if (replay !== undefined) return replayReport(replay, terminal)
        return verifyTarget(target ?? '', options, terminal, holdChain)
      }),
    )
}

/** The bytes as read, and the certificate or bundle that they are, or what is wrong with them: that too is a verdict. */
type Loaded = {
  readonly bytes: Uint8Array
  readonly document: ReturnType<typeof parseDocument> | FormatError
}

type Judgement = Pick<Report, 'verdict' | 'evidence' | 'now' | 'asOf'>

async function verifyTarget(
  target: string,
  options: Options,
  terminal: Terminal,
  holdChain: HoldChain | undefined,
): Promise<Exit> {
  const { words } = terminal
  const asOf = options.asOf === undefined ? undefined : readMoment(options.asOf, terminal)
  const found = await findPolicy(options.policy, options.data, words)
  const path = options.profile
  const profile = path === undefined ? undefined : await readBytes(path, words)
  const { bytes, document } = await load(target, options.save, terminal)
  if (document instanceof FormatError) {
    const { policy, bytes: policyBytes } = found ?? policyOfNobody()
    const now = instantOfMilliseconds(Date.now())
    const verdict = verdictOfMalformed(document, policy, now)
    await keepReport(options, bytes, policyBytes, { verdict, evidence: null, now, asOf }, terminal)
    tell(terminal, verdict, undefined)
    terminal.note(whereAndWhat(document, terminal))
    return exitOf(verdict.outcome)
  }
  if (found === undefined) throw noPolicy(options.data, words)
  const { certificate, bundle } = document
  const judgement =
    options.offline === true
      ? judgeBundle(bundle, found, asOf, terminal)
      : await judgeOnline(certificate, found, { asOf, profile }, terminal, holdChain)
  await keepReport(options, bytes, found.bytes, judgement, terminal)
  tell(terminal, judgement.verdict, certificate)
  return exitOf(judgement.verdict.outcome)
}

/** Without a network nothing can be said of now: the moment judged is the block's, or an earlier one. */
function judgeBundle(
  bundle: Bundle | undefined,
  { policy }: FoundPolicy,
  asked: Instant | undefined,
  { words }: Terminal,
): Judgement {
  if (bundle === undefined) throw usage('no-bundle', words.offlineNeedsBundle)
  const evidence = evidenceOfBundle(bundle, policy)
  const asOf = asked ?? momentOf(evidence)
  const now = instantOfMilliseconds(Date.now())
  return { verdict: verify(bundle.certificate, evidence, policy, now, asOf), evidence, now, asOf }
}

async function judgeOnline(
  certificate: Certificate,
  { policy, folder }: FoundPolicy,
  judging: Judging,
  terminal: Terminal,
  holdChain: HoldChain | undefined,
): Promise<Judgement> {
  const letGo = folder === undefined ? undefined : await holdChain?.(folder, terminal)
  try {
    return { ...(await judge(certificate, policy, judging)), asOf: judging.asOf }
  } finally {
    await letGo?.()
  }
}

async function load(target: string, save: string | undefined, terminal: Terminal): Promise<Loaded> {
  const { words, note } = terminal
  let bytes = new Uint8Array() as Uint8Array
  try {
    bytes = await loadDocument(target, words)
    const document = parseDocument(bytes)
    if (save !== undefined) {
      await writeBytes(save, bytes, words)
      note(words.saved(printable(save)))
    }
    return { bytes, document }
  } catch (error) {
    if (error instanceof FormatError) return { bytes, document: error }
    throw error
  }
}

async function keepReport(
  { report }: Options,
  certificate: Uint8Array,
  policy: Uint8Array,
  judgement: Judgement,
  { words, note }: Terminal,
): Promise<void> {
  if (report === undefined) return
  await writeBytes(report, printReport({ certificate, policy, ...judgement }), words)
  note(words.saved(printable(report)))
}

function tell(terminal: Terminal, verdict: Verdict, certificate: Certificate | undefined): void {
  if (terminal.json) terminal.answer(verdict)
  else reportVerdict(terminal, verdict, certificate)
}

function whereAndWhat({ field, message }: FormatError, { words }: Terminal): string {
  const where = field === '' ? '' : ` (${words.labels.at(printable(field))})`
  return `${printable(message)}${where}`
}

/** A day stands for its first instant, UTC. */
function readMoment(text: string, { words }: Terminal): Instant {
  try {
    const isDay = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)
    return parseInstant(isDay ? `${text}T00:00:00Z` : text, '--as-of')
  } catch (error) {
    if (error instanceof FormatError) throw usage(error.code, words.badAsOf(printable(text)))
    throw error
  }
}
