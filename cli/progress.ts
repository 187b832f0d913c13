/** How far a long command is: a bar at a terminal, plain lines elsewhere, both on stderr. */

import cliProgress from 'cli-progress'
import type { IssueStep, Progress } from '../server/context.ts'
import { issuerWordsOf } from './issuer-texts.ts'
import type { Terminal } from './terminal.ts'

export type ProgressReport = {
  show(progress: Progress): void
  /** Leaves the terminal as it was. */
  stop(): void
}

const LINE_EVERY_MS = 2000

export function progressOf(terminal: Terminal): ProgressReport {
  return process.stderr.isTTY ? barsOf(terminal) : linesOf(terminal)
}

function barsOf(terminal: Terminal): ProgressReport {
  const { steps } = issuerWordsOf(terminal.language)
  let current: { readonly step: IssueStep; readonly bar: cliProgress.SingleBar } | undefined
  const stop = (): void => {
    current?.bar.stop()
    current = undefined
  }
  return {
    show: ({ step, done, total }) => {
      if (current?.step !== step) {
        stop()
        const format =
          total === 0 ? `{value} ${steps[step]}` : `{bar} {value}/{total} ${steps[step]}`
        const bar = new cliProgress.SingleBar({
          format,
          barsize: 24,
          // Whoever interrupts finds the terminal as it was.
          hideCursor: false,
          linewrap: true,
          stream: process.stderr,
          barCompleteChar: '█',
          barIncompleteChar: '·',
        })
        bar.start(total, done)
        current = { step, bar }
      }
      current.bar.update(done)
    },
    stop,
  }
}

/** One line when a step ends, and one now and then while it lasts. */
function linesOf(terminal: Terminal): ProgressReport {
  const { steps } = issuerWordsOf(terminal.language)
  let last: Progress | undefined
  let told: Progress | undefined
  let toldAt = Date.now()
  const tell = (progress: Progress): void => {
    const { step, done, total } = progress
    if (told?.step === step && told.done === done) return
    terminal.note(total > 0 ? `${done}/${total} ${steps[step]}` : `${done} ${steps[step]}`)
    told = progress
    toldAt = Date.now()
  }
  return {
    show: (progress) => {
      if (last !== undefined && last.step !== progress.step) tell(last)
      const isEnd = progress.total > 0 && progress.done === progress.total
      if (isEnd || Date.now() - toldAt > LINE_EVERY_MS) tell(progress)
      last = progress
    },
    stop: () => undefined,
  }
}
