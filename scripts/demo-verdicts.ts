/** One certificate, asked about twice: the command line from its link or file, the server from its bytes. */
import { readFile } from 'node:fs/promises'
import { CHECK_NAMES, sentenceOf } from '../src/index.ts'
import type { Verdict } from '../src/index.ts'
import { inaltera } from './demo-command.ts'
import type { Asked } from './demo-command.ts'

/** What both said. */
export type Answer = {
  readonly terminal: Verdict
  readonly server: Verdict
}

const EXIT_CODES = { valid: 0, invalid: 1, undetermined: 2 } as const

/** Verifies what `target` leads to as a reader would, keeps a link's document in `file`, and sends the bytes to the server. */
export async function ask(asked: Asked, target: string, file: string): Promise<Answer> {
  const isLink = target !== file
  const terminal = await atTerminal(asked, target, isLink ? ['--save', file] : [])
  return { terminal, server: await atServer(asked, file) }
}

/** `inaltera verify <link|file>`, whose exit code must say the same as its verdict. */
async function atTerminal(asked: Asked, target: string, more: readonly string[]): Promise<Verdict> {
  const { code, out, err } = await inaltera(asked, ['verify', target, '--json', ...more])
  const verdict = verdictIn(out)
  if (verdict === undefined) throw new Error(`inaltera verify gave no verdict\n${out}${err}`)
  if (code !== EXIT_CODES[verdict.outcome]) {
    throw new Error(`inaltera verify says ${verdict.outcome} and ends with ${String(code)}`)
  }
  return verdict
}

async function atServer({ server }: Asked, file: string): Promise<Verdict> {
  const headers = { 'content-type': 'application/vc' }
  const body = await readFile(file)
  const url = `${server}/api/v1/verifications`
  const response = await fetch(url, { method: 'POST', headers, body })
  const text = await response.text()
  const verdict = response.status === 200 ? verdictIn(text) : undefined
  if (verdict === undefined) throw new Error(`the server answers ${response.status}\n${text}`)
  return verdict
}

function verdictIn(text: string): Verdict | undefined {
  try {
    const answer = JSON.parse(text) as Partial<Verdict> | null
    return answer?.inaltera === 'verdict/1' ? (answer as Verdict) : undefined
  } catch {
    return undefined
  }
}

/** `valid`, or the outcome with the check that decides it. */
export function briefOf(verdict: Verdict): string {
  const name = decidingCheck(verdict)
  const check = name === undefined ? undefined : verdict.checks[name]
  if (check === undefined || check.outcome === 'passed') return verdict.outcome
  return `${verdict.outcome}, ${String(name)}: ${check.code}`
}

/** The deciding check as a sentence; empty where all passed. */
export function reasonOf(verdict: Verdict): string {
  const name = decidingCheck(verdict)
  return name === undefined ? '' : sentenceOf(name, verdict.checks[name], 'en')
}

/** The first check that failed, or else the first that could not be made. */
function decidingCheck({ checks }: Verdict): (typeof CHECK_NAMES)[number] | undefined {
  const first = (outcome: string): (typeof CHECK_NAMES)[number] | undefined =>
    CHECK_NAMES.find((name) => checks[name].outcome === outcome)
  return first('failed') ?? first('undetermined')
}
