/** `inaltera lint`: how complete a template is, what is missing, and what only its issuer can answer. */

import type { Command } from 'commander'
import {
  CRITERION_TEXTS,
  ELEMENT_TEXTS,
  lintTemplate,
  parseJson,
  parseTemplate,
  QUESTION_TEXTS,
} from '../../src/index.ts'
import type { LintReport } from '../../src/index.ts'
import { EXIT, reading } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { readBytes } from '../files.ts'
import { printable } from '../printable.ts'
import { commandOf, run } from '../program.ts'
import type { Terminal } from '../terminal.ts'

export function addLint(program: Command, terminal: Terminal): void {
  commandOf(program, 'lint', 'score a template: exit code 0 complete, 1 something is missing')
    .argument('<template>', 'template file, - for standard input')
    .action((path: string) => run(() => lint(path, terminal)))
}

async function lint(path: string, terminal: Terminal): Promise<Exit> {
  const bytes = await readBytes(path, terminal.words)
  const report = await reading(path, terminal.words, () =>
    lintTemplate(parseTemplate(parseJson(bytes))),
  )
  if (terminal.json) terminal.answer(report)
  else reportLint(report, terminal)
  return report.complete ? EXIT.done : EXIT.refused
}

/** What a template has and lacks, for people. */
export function reportLint(report: LintReport, terminal: Terminal): void {
  const { words, language, say, paint } = terminal
  const section = (
    heading: string,
    { reached, of }: LintReport['score']['mandatory'],
    lines: readonly Line[],
  ): void => {
    say(paint('bold', `${heading}: ${reached}/${of}`))
    for (const { text, places } of lines) {
      const isThere = places.length === 0
      const missing = isThere ? '' : ` (${words.lint.missingAt(places.join(', '))})`
      say(`${isThere ? paint('green', '✓') : paint('red', '✗')} ${text}${missing}`)
    }
    say('')
  }
  const elements = (list: LintReport['mandatory']): Line[] =>
    list.map(({ code, present, place }) => {
      return { text: ELEMENT_TEXTS[code][language], places: present ? [] : [place] }
    })
  const criteria = report.criteria.map(({ code, lacking }) => {
    return { text: CRITERION_TEXTS[code][language], places: lacking }
  })
  section(words.lint.mandatory, report.score.mandatory, elements(report.mandatory))
  section(words.lint.optional, report.score.optional, elements(report.optional))
  section(words.lint.criteria, report.score.criteria, criteria)
  reportQuestions(report, terminal)
  say(report.complete ? words.lint.complete : paint('red', words.lint.incomplete))
}

type Line = { readonly text: string; readonly places: readonly string[] }

function reportQuestions({ questions }: LintReport, terminal: Terminal): void {
  if (questions.length === 0) return
  const { words, language, say, paint } = terminal
  say(paint('bold', words.lint.questions))
  for (const { code, place, about } of questions) {
    const where = about === undefined ? place : `${printable(about)}, ${place}`
    say(`? ${QUESTION_TEXTS[code][language]} (${where})`)
  }
  say('')
}
