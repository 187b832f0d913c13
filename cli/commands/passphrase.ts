/** `inaltera passphrase`: another passphrase for all keys of a data folder. */

import type { Command } from 'commander'
import { EXIT } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { withService } from '../folder.ts'
import type { FolderOptions } from '../folder.ts'
import { issuerWordsOf } from '../issuer-texts.ts'
import { passphraseOption, readNewPassphrase, readPassphrase } from '../passphrase.ts'
import { commandOf, dataOption, run } from '../program.ts'
import type { Terminal } from '../terminal.ts'

type Options = FolderOptions & { readonly newPassphraseFile?: string }

export function addPassphrase(program: Command, terminal: Terminal): void {
  commandOf(program, 'passphrase', 'change the passphrase of all keys of the folder')
    .option(
      '--new-passphrase-file <file>',
      'file with the new passphrase (or INALTERA_NEW_PASSPHRASE)',
    )
    .addOption(passphraseOption())
    .addOption(dataOption())
    .action((options: Options) => run(() => change(options, terminal)))
}

async function change(options: Options, terminal: Terminal): Promise<Exit> {
  const { data } = options
  const passphrase = await readPassphrase(options, terminal)
  const newPassphrase = await readNewPassphrase(options.newPassphraseFile, terminal)
  const report = await withService(terminal, data, ({ changePassphrase }) =>
    changePassphrase(data, { passphrase, newPassphrase }),
  )
  if (terminal.json) terminal.answer(report)
  else terminal.say(issuerWordsOf(terminal.language).passphrase.changed(report.files))
  return EXIT.done
}
