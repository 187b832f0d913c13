/** Which certificates a command is about: one by its holder link or its file, or those of a batch by index. */

import { parseCertificate } from '../src/index.ts'
import type { Certificate } from '../src/index.ts'
import type { Context } from '../server/context.ts'
import { isLink, loadDocument, readLink } from './document.ts'
import { EXIT, Failure, reading, usage } from './failure.ts'
import { issuerWordsOf } from './issuer-texts.ts'
import { printable } from './printable.ts'
import type { Terminal } from './terminal.ts'

export type ChoiceOptions = {
  readonly batch?: string
  readonly index?: string
  readonly all?: boolean
}

export type Choice =
  | { readonly kind: 'cid'; readonly cid: string }
  | { readonly kind: 'file'; readonly certificate: Certificate }
  | { readonly kind: 'places'; readonly batch: string; readonly indexes: readonly number[] }
  | { readonly kind: 'batch'; readonly batch: string }

type One = Exclude<Choice, { kind: 'batch' }>
type Batch = { readonly root: string } | { readonly batchId: string }

/** Reads what was chosen before any key is opened. Throws `Failure` for none, or more than one way to say it. */
export async function readChoice(
  target: string | undefined,
  { batch, index, all }: ChoiceOptions,
  terminal: Terminal,
): Promise<Choice> {
  const { status } = issuerWordsOf(terminal.language)
  const isOneWay = (target === undefined) !== (batch === undefined)
  const isWhole = all === true && index === undefined
  if (!isOneWay || (batch === undefined && (index !== undefined || all === true))) {
    throw usage('which-one', status.whichOne)
  }
  if (target !== undefined) return readTarget(target, terminal)
  if (batch !== undefined && isWhole) return { kind: 'batch', batch }
  if (batch === undefined || index === undefined || all === true) {
    throw usage('which-one', status.whichOne)
  }
  return { kind: 'places', batch, indexes: parseIndexes(index, terminal) }
}

async function readTarget(target: string, terminal: Terminal): Promise<Choice> {
  const { words } = terminal
  if (isLink(target)) return { kind: 'cid', cid: readLink(target, words).cid }
  const certificate = await reading(target, words, async () =>
    parseCertificate(await loadDocument(target, words)),
  )
  return { kind: 'file', certificate }
}

function parseIndexes(text: string, { language }: Terminal): number[] {
  return text.split(',').map((part) => {
    const digits = part.trim()
    if (/^(0|[1-9][0-9]{0,9})$/.test(digits)) return Number(digits)
    throw usage('bad-index', issuerWordsOf(language).status.badIndex(printable(text)))
  })
}

/** A batch by its root, or by the id that `issue` told. */
export function batchOf(batch: string): Batch {
  return /^0x[0-9a-f]{64}$/.test(batch) ? { root: batch } : { batchId: batch }
}

export function targetsOf(
  choice: One,
  context: Context,
  terminal: Terminal,
): { readonly cid: string } | (Batch & { readonly indexes: readonly number[] }) {
  switch (choice.kind) {
    case 'cid':
      return { cid: choice.cid }
    case 'file': {
      const { root, index } = ownCertificate(choice.certificate, context, terminal)
      return { root, indexes: [index] }
    }
    case 'places':
      return { ...batchOf(choice.batch), indexes: choice.indexes }
  }
}

/** The same for a command that takes one certificate at a time. */
export function oneOf(
  choice: One,
  context: Context,
  terminal: Terminal,
): { readonly cid: string } | (Batch & { readonly index: number }) {
  const target = targetsOf(choice, context, terminal)
  if ('cid' in target) return target
  const { indexes, ...batch } = target
  const [index, ...more] = indexes
  if (index !== undefined && more.length === 0) return { ...batch, index }
  throw usage('which-one', issuerWordsOf(terminal.language).status.oneOnly)
}

/** A certificate of this very folder: another's root and index would name a stranger here. */
function ownCertificate(
  certificate: Certificate,
  { home, accounts }: Context,
  { language }: Terminal,
): Certificate {
  const { status } = issuerWordsOf(language)
  if (certificate.home.text !== home) {
    throw new Failure(EXIT.refused, 'other-registry', status.otherHome(certificate.home.text, home))
  }
  const theirs = `eip155:${certificate.home.chainId}:${certificate.issuer}`
  if (!accounts.includes(theirs)) {
    const ours = accounts.join(', ')
    throw new Failure(EXIT.refused, 'other-issuer', status.otherIssuer(theirs, ours))
  }
  return certificate
}
