/** The file of links that an issuer hands out: new, for its owner alone, and safe to open in a spreadsheet. */

import { access, constants, lstat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { linksCsv } from '../node/links-csv.ts'
import type { BatchReport, Context, IssuedBatch, IssuedLink } from '../server/context.ts'
import { EXIT, usage } from './failure.ts'
import type { Exit } from './failure.ts'
import { whyOf, writeBytes } from './files.ts'
import { issuerWordsOf } from './issuer-texts.ts'
import { printable } from './printable.ts'
import type { Terminal } from './terminal.ts'
import type { Words } from './texts/words.ts'

export const STDOUT = '-'

export type Delivery = {
  /** A file, `-` for standard output, or undefined for a file named after the batch. */
  readonly output: string | undefined
  readonly isPermanent: boolean | undefined
  /** Although the links of this batch left as a file before. */
  readonly again?: boolean | undefined
}

/** Nothing is issued for which there is no place: the file of links must be a new one. */
export async function refuseExisting(path: string, words: Words): Promise<void> {
  if (path === STDOUT) return
  const refuse = (why: string): Error =>
    usage('cannot-write', words.cannotWrite(printable(path), why))
  // A link that leads nowhere is something too.
  const exists = await lstat(path).then(
    () => true,
    () => false,
  )
  if (exists) throw refuse(words.fileErrors.EEXIST)
  await access(dirname(path), constants.W_OK).catch((error: unknown) => {
    throw refuse(whyOf(error, words))
  })
}

/** Writes the links, says where they are, and for permanent ones forgets the secret once they are on disk. */
export async function handOut(
  terminal: Terminal,
  context: Context,
  { linkPages, ...report }: IssuedBatch,
  { output, isPermanent, again }: Delivery,
): Promise<Exit> {
  const { words } = terminal
  await context.exportLinks(report.batchId, again)
  let count = 0
  const csv = linksCsv(
    counting(linkPages, (more) => {
      count += more
    }),
  )
  const file = output ?? (await freshName(`links-${report.batchId}`))
  if (file === STDOUT) {
    for await (const piece of csv) process.stdout.write(piece)
    return EXIT.done
  }
  await writeBytes(file, csv, words, true)
  if (isPermanent === true) await context.delivered(report.batchId)
  if (terminal.json) {
    terminal.answer({ ...report, certificates: count, linksFile: file })
  } else tell(terminal, report, count, file, isPermanent === true)
  return EXIT.done
}

async function* counting(
  pages: AsyncIterable<readonly IssuedLink[]>,
  add: (more: number) => void,
): AsyncGenerator<readonly IssuedLink[]> {
  for await (const page of pages) {
    add(page.length)
    yield page
  }
}

async function freshName(stem: string): Promise<string> {
  for (let i = 1; ; i += 1) {
    const name = i === 1 ? `${stem}.csv` : `${stem}-${i}.csv`
    const exists = await access(name).then(
      () => true,
      () => false,
    )
    if (!exists) return name
  }
}

function tell(
  terminal: Terminal,
  report: BatchReport,
  count: number,
  file: string,
  isPermanent: boolean,
): void {
  const { issue } = issuerWordsOf(terminal.language)
  const { say, paint } = terminal
  const { size } = report
  say(paint('bold', count === size ? issue.issued(size) : issue.linksLeft(count, size)))
  say('')
  const facts = [
    [issue.batch, report.batchId],
    [issue.root, report.root],
    [issue.anchored, new Date(report.anchoredAt * 1000).toISOString().replace('.000', '')],
    [issue.links, printable(file)],
  ] as const
  const width = Math.max(...facts.map(([label]) => label.length))
  for (const [label, text] of facts) say(`${label.padEnd(width)}  ${text}`)
  say('')
  say(isPermanent ? issue.permanentDone : issue.linksAreSecret)
}
