/** `inaltera issue`: rows and a template become certificates, anchored and final, and a file of links to hand out. */

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Command } from 'commander'
import { FormatError, parseLinkBase } from '../../src/index.ts'
import type { BatchReport, IssueRequest } from '../../server/context.ts'
import { reading, usage } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { cannotRead, readBytes } from '../files.ts'
import { withKeys } from '../folder.ts'
import type { FolderOptions } from '../folder.ts'
import { interruptible } from '../interrupt.ts'
import { issuerWordsOf } from '../issuer-texts.ts'
import { handOut, refuseExisting, STDOUT } from '../links-file.ts'
import { passphraseOption } from '../passphrase.ts'
import { printable } from '../printable.ts'
import { commandOf, dataOption, run } from '../program.ts'
import { progressOf } from '../progress.ts'
import type { Terminal } from '../terminal.ts'

type Options = FolderOptions & {
  readonly template: string
  readonly output?: string
  readonly linkBase?: string
  readonly allowDuplicates?: boolean
  readonly allowIncomplete?: boolean
  readonly permanent?: boolean
  readonly again?: boolean
  readonly issuer?: string
  readonly send?: boolean
}

export function addIssue(program: Command, terminal: Terminal): void {
  commandOf(program, 'issue', 'issue a batch: one certificate for each row of a CSV or XLSX file')
    .argument('<rows>', 'CSV (UTF-8, comma or semicolon) or XLSX file with a header')
    .requiredOption('--template <file>', 'what all certificates of the batch share')
    .option('-o, --output <file>', 'where the links go (CSV); - for standard output')
    .option('--link-base <url>', "where the links lead (default: the server's public URL)")
    .option('--allow-duplicates', 'although a learner stands in several rows')
    .option('--allow-incomplete', 'although the template lacks mandatory elements')
    .option('--permanent', 'links that need no server, and that nobody can ever erase')
    .option('--issuer <account>', 'who issues, where the folder has several (default: the first)')
    .option('--send', 'send each learner their link by e-mail, once the batch is final')
    .option('--again', 'a new batch, although these very rows were issued before')
    .addOption(passphraseOption())
    .addOption(dataOption())
    .action((rows: string, options: Options) => run(() => issueRows(rows, options, terminal)))
}

async function issueRows(rows: string, options: Options, terminal: Terminal): Promise<Exit> {
  const { words } = terminal
  const { issue } = issuerWordsOf(terminal.language)
  const { output } = options
  if (options.permanent === true && output === STDOUT) {
    throw usage('permanent-needs-a-file', issue.permanentNeedsFile)
  }
  if (output !== undefined) await refuseExisting(output, words)
  refuseBadBase(options.linkBase, issue.badLinkBase)
  const template = await readBytes(options.template, words)
  const request = await requestOf(rows, template, options, terminal)
  if (options.permanent === true) terminal.note(issue.permanentWarning)
  const progress = progressOf(terminal)
  let isNew = false
  return withKeys(terminal, options, async (context) => {
    try {
      const onProgress: IssueRequest['onProgress'] = (one) => {
        isNew = true
        progress.show(one)
      }
      const issuer = options.issuer === undefined ? context : context.as(options.issuer)
      const issued = await reading(options.template, words, () =>
        interruptible(
          () => context.close(),
          () => issuer.issueBatch({ ...request, onProgress }),
        ),
      )
      progress.stop()
      if (!isNew) terminal.note(issue.repeated)
      tellWarnings(issued, terminal)
      const told = await handOut(terminal, context, issued, {
        output,
        isPermanent: request.permanent,
      })
      if (options.send === true) await context.mail.work()
      return told
    } finally {
      progress.stop()
    }
  })
}

function refuseBadBase(base: string | undefined, message: (base: string) => string): void {
  try {
    if (base !== undefined) parseLinkBase(base, 'linkBase')
  } catch (error) {
    if (error instanceof FormatError) throw usage(error.code, message(printable(base ?? '')))
    throw error
  }
}

async function requestOf(
  rows: string,
  template: Uint8Array,
  options: Options,
  terminal: Terminal,
): Promise<IssueRequest> {
  const { allowDuplicates, allowIncomplete, permanent, again, send, linkBase } = options
  const what = {
    allowDuplicates: allowDuplicates === true,
    allowIncomplete: allowIncomplete === true,
    permanent: permanent === true,
    send: send === true,
  }
  const key = await keyOf(rows, template, what.permanent, terminal)
  return {
    rows,
    template,
    ...what,
    ...(again === true ? {} : { idempotencyKey: key }),
    ...(linkBase === undefined ? {} : { linkBase }),
  }
}

/** The same rows under the same template are the same request: called twice by mistake, they are issued once. */
async function keyOf(
  rows: string,
  template: Uint8Array,
  isPermanent: boolean,
  { words }: Terminal,
): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(rows)) hash.update(chunk as Uint8Array)
  } catch (error) {
    throw cannotRead(rows, error, words)
  }
  const both = createHash('sha256').update(hash.digest()).update(template)
  return `cli/${isPermanent ? 'permanent/' : ''}${both.digest('hex')}`
}

function tellWarnings({ warnings }: BatchReport, terminal: Terminal): void {
  const { warnings: texts, issue } = issuerWordsOf(terminal.language)
  for (const { code, rows, column } of warnings) {
    const places = [
      ...(column === undefined ? [] : [issue.column(printable(column))]),
      ...(rows.length === 0 ? [] : [listOf(rows, issue.row)]),
    ]
    terminal.note(`! ${places.join(', ')}: ${texts[code]}`)
  }
}

const MOST_ROWS = 10

function listOf(rows: readonly number[], rowText: (row: string) => string): string {
  const shown = rows.slice(0, MOST_ROWS).join(', ')
  return rowText(rows.length > MOST_ROWS ? `${shown} …` : shown)
}
