/** The passphrase of a data folder's keys: from a file, the environment or a terminal, never from the command line. */

import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { Option } from 'commander'
import { usage } from './failure.ts'
import { readBytes } from './files.ts'
import { issuerWordsOf } from './issuer-texts.ts'
import type { Terminal } from './terminal.ts'

export type PassphraseOptions = { readonly passphraseFile?: string }

const MAX_BYTES = 4096

export function passphraseOption(): Option {
  return new Option(
    '--passphrase-file <file>',
    'file with the passphrase of the keys (or INALTERA_PASSPHRASE)',
  )
}

/** Throws `Failure` `no-passphrase` where there is none and nobody can be asked. */
export async function readPassphrase(
  options: PassphraseOptions,
  terminal: Terminal,
  isNew = false,
): Promise<string> {
  const given = await givenPassphrase(options, terminal)
  if (given !== undefined) return given
  const words = issuerWordsOf(terminal.language).passphrase
  if (!process.stdin.isTTY) throw usage('no-passphrase', words.missing)
  const typed = await askUnseen(words.ask, words.missing)
  if (isNew && (await askUnseen(words.askAgain, words.missing)) !== typed) {
    throw usage('passphrases-differ', words.differ)
  }
  return typed
}

/** The passphrase that takes its place, from `INALTERA_NEW_PASSPHRASE` where no file is named; typed twice. */
export async function readNewPassphrase(
  path: string | undefined,
  terminal: Terminal,
): Promise<string> {
  const given = await givenSecret(path, 'INALTERA_NEW_PASSPHRASE', terminal)
  if (given !== undefined) return given
  const words = issuerWordsOf(terminal.language).passphrase
  if (!process.stdin.isTTY) throw usage('no-passphrase', words.newMissing)
  const typed = await askUnseen(words.askNew, words.newMissing)
  if ((await askUnseen(words.askAgain, words.newMissing)) === typed) return typed
  throw usage('passphrases-differ', words.differ)
}

/** What file or environment give; undefined where neither does. */
export async function givenPassphrase(
  { passphraseFile }: PassphraseOptions,
  terminal: Terminal,
): Promise<string | undefined> {
  return givenSecret(passphraseFile, 'INALTERA_PASSPHRASE', terminal)
}

async function givenSecret(
  path: string | undefined,
  variable: string,
  { words }: Terminal,
): Promise<string | undefined> {
  if (path === undefined) return process.env[variable]
  const bytes = await readBytes(path, words, MAX_BYTES)
  return new TextDecoder().decode(bytes).replace(/\r?\n$/, '')
}

/** Asks on stderr; what is typed is not shown. */
export function askUnseen(question: string, whenCancelled: string): Promise<string> {
  const silence = new Writable({
    write: (_chunk, _encoding, done) => {
      done()
    },
  })
  const input = createInterface({ input: process.stdin, output: silence, terminal: true })
  process.stderr.write(question)
  return new Promise((resolve, reject) => {
    input.once('SIGINT', () => {
      input.close()
    })
    input.once('close', () => {
      process.stderr.write('\n')
      reject(usage('no-passphrase', whenCancelled))
    })
    input.once('line', (line) => {
      resolve(line)
      input.close()
    })
  })
}
