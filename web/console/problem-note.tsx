/** What went wrong, said where it went wrong. */
import type { ComponentChildren } from 'preact'
import { catalogueOf } from '../../src/index.ts'
import type { Language } from '../../src/index.ts'
import { useLanguage, useWords } from '../words/language.tsx'
import type { Words } from '../words/language.tsx'
import { ISSUING_WORDS } from './issuing.words.ts'
import { PROBLEM_WORDS } from './problems.words.ts'
import type { Problem } from './problem.ts'

type ProblemNoteProps = {
  readonly problem: Problem
  /** Offered as a button where trying again may help. */
  readonly again?: () => void
  readonly children?: ComponentChildren
}

const AGAIN: Words<string> = { en: 'Try again', fr: 'Réessayer' }

/** Read out at once by a screen reader. */
export function ProblemNote({ problem, again, children }: ProblemNoteProps) {
  const language = useLanguage()
  const words = useWords(AGAIN)
  return (
    <div class="desk-problem" role="alert">
      <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
        <path d="M8.2 2.5h7.6l5.7 5.7v7.6l-5.7 5.7H8.2l-5.7-5.7V8.2z" />
        <path d="M12 7v6M12 16.2v.6" />
      </svg>
      <div>
        <p>{sayProblem(problem, language)}</p>
        {children}
        {again && (
          <button type="button" class="button" onClick={again}>
            {words}
          </button>
        )}
      </div>
    </div>
  )
}

/** One or two sentences: the most telling of what is known. */
export function sayProblem({ code, issuing, format }: Problem, language: Language): string {
  const issuingWords: Readonly<Record<string, string>> = ISSUING_WORDS[language]
  const words: Readonly<Record<string, string>> = PROBLEM_WORDS[language]
  const told = (issuing === undefined ? undefined : issuingWords[issuing]) ?? words[code]
  const sentence = told ?? words['unreadable'] ?? code
  if (format === undefined) return sentence
  const formats: Readonly<Record<string, string>> = catalogueOf(language).format
  const why = formats[format.code]
  return why === undefined ? sentence : `${why} (${format.field})`
}
