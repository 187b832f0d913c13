/** `inaltera verify`: the verdict on one certificate. */

import type { Command } from 'commander'
import {
  FormatError,
  instantOfMilliseconds,
  parseCertificate,
  parseInstant,
  verdictOfMalformed,
} from '../../src/index.ts'
import type { Certificate, Instant, Outcome, Verdict } from '../../src/index.ts'
import { loadDocument } from '../document.ts'
import { EXIT, usage } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { readBytes, writeBytes } from '../files.ts'
import { findPolicy, noPolicy, policyOfNobody } from '../policy.ts'
import { printable } from '../printable.ts'
import { commandOf, dataOption, run } from '../program.ts'
import type { Terminal } from '../terminal.ts'
import { reportVerdict } from '../verdict-report.ts'
import { judge } from '../verification.ts'

/** Keeps the chain of a data folder up until it is called again; what the published package cannot do. */
export type HoldChain = (folder: string, terminal: Terminal) => Promise<() => Promise<void>>

type Options = {
  readonly data: string
  readonly policy?: string
  readonly asOf?: string
  readonly profile?: string
  readonly save?: string
}

export function addVerify(program: Command, terminal: Terminal, holdChain?: HoldChain): void {
  commandOf(program, 'verify', 'verify a certificate: exit code 0 valid, 1 invalid, 2 undetermined')
    .argument('<file|link>', 'certificate file, - for standard input, or holder link')
    .option('--policy <file>', 'whom to trust; by default the policy of the data folder')
    .option(
      '--as-of <time>',
      'judge a past moment: 2026-06-12 (its first instant, UTC) or RFC 3339',
    )
    .option('--profile <file>', "the issuer's profile, for an issuer named by something else")
    .option('--save <file>', 'keep the certificate that a link leads to')
    .addOption(dataOption())
    .action((target: string, options: Options) =>
      run(() => verifyTarget(target, options, terminal, holdChain)),
    )
}

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
  const certificate = await readCertificate(target, options.save, terminal)
  if (certificate instanceof FormatError) {
    const now = instantOfMilliseconds(Date.now())
    const verdict = verdictOfMalformed(certificate, found?.policy ?? policyOfNobody(), now)
    tell(terminal, verdict, undefined)
    terminal.note(whereAndWhat(certificate, terminal))
    return exitOf(verdict.outcome)
  }
  if (found === undefined) throw noPolicy(options.data, words)
  const { policy, folder } = found
  const letGo = folder === undefined ? undefined : await holdChain?.(folder, terminal)
  try {
    const verdict = await judge(certificate, policy, { asOf, profile })
    tell(terminal, verdict, certificate)
    return exitOf(verdict.outcome)
  } finally {
    await letGo?.()
  }
}

/** The certificate, or what is wrong with the bytes: that too is a verdict. */
async function readCertificate(
  target: string,
  save: string | undefined,
  { words, note }: Terminal,
): Promise<Certificate | FormatError> {
  try {
    const bytes = await loadDocument(target, words)
    const certificate = parseCertificate(bytes)
    if (save !== undefined) {
      await writeBytes(save, bytes, words)
      note(words.saved(printable(save)))
    }
    return certificate
  } catch (error) {
    if (error instanceof FormatError) return error
    throw error
  }
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

function exitOf(outcome: Outcome): Exit {
  switch (outcome) {
    case 'valid':
      return EXIT.done
    case 'invalid':
      return EXIT.refused
    case 'undetermined':
      return EXIT.undetermined
  }
}
