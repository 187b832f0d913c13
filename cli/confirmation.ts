/** Asking a person before what cannot be undone, or what everybody sees. Programs are not asked. */

import { createInterface } from 'node:readline'
import { Option } from 'commander'
import { EXIT, Failure } from './failure.ts'
import { issuerWordsOf } from './issuer-texts.ts'
import type { Terminal } from './terminal.ts'
import type { StatusWords } from './texts/issuer-words.ts'

export type ConfirmOptions = { readonly yes?: boolean }

export function yesOption(): Option {
  return new Option('--yes', 'do not ask for confirmation')
}

/** Returns once it is confirmed, or where nobody sits at a terminal. Throws `Failure` `not-confirmed`. */
export async function confirm(
  what: keyof StatusWords['confirm'],
  { yes }: ConfirmOptions,
  { json, language }: Terminal,
): Promise<void> {
  if (yes === true || json || !process.stdin.isTTY || !process.stdout.isTTY) return
  const { status } = issuerWordsOf(language)
  const answer = await ask(status.confirm[what])
  if (/^(y|yes|o|oui)$/i.test(answer.trim())) return
  throw new Failure(EXIT.refused, 'not-confirmed', status.notConfirmed)
}

/** Empty where the terminal is closed, or Ctrl-C is pressed, instead of an answer. */
function ask(question: string): Promise<string> {
  const input = createInterface({ input: process.stdin, output: process.stderr, terminal: true })
  return new Promise((resolve) => {
    input.once('SIGINT', () => {
      input.close()
    })
    input.once('close', () => {
      resolve('')
    })
    input.question(question, (answer) => {
      resolve(answer)
      input.close()
    })
  })
}
