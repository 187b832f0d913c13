/** `inaltera fsck`: everything that is stored is proven anew, and compared with the documents and with the chain. */

import type { Command } from 'commander'
import type { Finding, FsckProgress, FsckReport } from '../../server/context.ts'
import { EXIT } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { inFolder } from '../folder.ts'
import type { FolderOptions } from '../folder.ts'
import { givenPassphrase, passphraseOption } from '../passphrase.ts'
import { printable } from '../printable.ts'
import { commandOf, dataOption, run } from '../program.ts'
import { serviceWordsOf } from '../service-texts.ts'
import type { Terminal } from '../terminal.ts'

type Options = FolderOptions & { readonly quick?: boolean; readonly heal?: boolean }

const LINE_EVERY_MS = 2000

export function addFsck(program: Command, terminal: Terminal): void {
  commandOf(program, 'fsck', 'prove everything that is stored anew, against the chain')
    .option('--quick', 'open some certificates of every batch, not all')
    .option('--heal', 'put back what one copy of the documents lost, and take away what was erased')
    .addOption(passphraseOption())
    .addOption(dataOption())
    .action((options: Options) => run(() => fsck(options, terminal)))
}

async function fsck(options: Options, terminal: Terminal): Promise<Exit> {
  // Asks nobody: what it cannot open without a passphrase it says.
  const passphrase = await givenPassphrase(options, terminal)
  const opening = passphrase === undefined || passphrase === '' ? {} : { passphrase }
  const report = await inFolder(terminal, options.data, opening, (context) =>
    context.fsck({
      quick: options.quick === true,
      heal: options.heal === true,
      onProgress: linesTo(terminal),
    }),
  )
  if (terminal.json) terminal.answer(report)
  else tell(report, terminal)
  return exitOfOutcome(report)
}

function exitOfOutcome({ outcome }: FsckReport): Exit {
  switch (outcome) {
    case 'sound':
      return EXIT.done
    case 'unsound':
      return EXIT.refused
    case 'undetermined':
      return EXIT.undetermined
  }
}

/** A line now and then: of most folders, none. */
function linesTo(terminal: Terminal): (progress: FsckProgress) => void {
  const { steps } = serviceWordsOf(terminal.language).fsck
  let toldAt = Date.now()
  return ({ step, done, total }) => {
    if (Date.now() - toldAt < LINE_EVERY_MS) return
    toldAt = Date.now()
    terminal.note(`${done}/${total} ${steps[step]}`)
  }
}

function tell(report: FsckReport, terminal: Terminal): void {
  const words = serviceWordsOf(terminal.language).fsck
  const { checked, opened, healed, findings, more, outcome } = report
  for (const finding of findings) tellFinding(finding, terminal)
  if (more > 0) terminal.say(words.more(more))
  for (const cid of healed) terminal.say(words.healed(cid))
  terminal.say(words.checked(checked.batches, checked.certificates, opened))
  terminal.say(terminal.paint(outcome === 'sound' ? 'green' : 'red', words.outcome[outcome]))
}

function tellFinding({ code, subject, detail }: Finding, terminal: Terminal): void {
  const { codes } = serviceWordsOf(terminal.language).fsck
  terminal.say(`${printable(subject)}: ${codes[code]} [${code}]`)
  terminal.say(`  ${printable(detail)}`)
}
