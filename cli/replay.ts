/** A report judged again: what that verifier saw, and whether its verdict follows from it. */

import { parseDocument, FormatError, MAX_REPORT_BYTES, parseReport, replay } from '../src/index.ts'
import type { Certificate, Report } from '../src/index.ts'
import { EXIT, reading } from './failure.ts'
import type { Exit } from './failure.ts'
import { readBytes } from './files.ts'
import { printable } from './printable.ts'
import type { Terminal } from './terminal.ts'
import { reportVerdict } from './verdict-report.ts'

/**
 * The exit code says whether the report is in itself consistent, 0 or 1: policy and evidence are its maker's word, so it
 * does not say that the certificate is valid.
 */
export async function replayReport(path: string, terminal: Terminal): Promise<Exit> {
  const { words, say, paint, json } = terminal
  const bytes = await readBytes(path, words, MAX_REPORT_BYTES)
  const { report, verdict, same } = await reading(path, words, () => {
    const parsed = parseReport(bytes)
    return { report: parsed, ...replay(parsed) }
  })
  if (json) terminal.answer({ inaltera: 'replay/1', same, verdict })
  else {
    say(paint('yellow', words.replayOf(verdict.judgedAt)))
    say(words.replayTrust(printable(verdict.policy.name)))
    say(same ? words.replaySame : paint('red', words.replayDiffers))
    say('')
    reportVerdict(terminal, verdict, certificateIn(report))
  }
  return same ? EXIT.done : EXIT.refused
}

function certificateIn({ certificate }: Report): Certificate | undefined {
  try {
    return parseDocument(certificate).certificate
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}
