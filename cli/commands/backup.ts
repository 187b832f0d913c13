/** `inaltera backup`, `restore` and `rotate-master`: what keeps a data folder from being lost. */

import type { Command } from 'commander'
import { EXIT } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { withService } from '../folder.ts'
import type { FolderOptions } from '../folder.ts'
import { issuerWordsOf } from '../issuer-texts.ts'
import { passphraseOption, readPassphrase } from '../passphrase.ts'
import { printable } from '../printable.ts'
import { commandOf, dataOption, run } from '../program.ts'
import type { Terminal } from '../terminal.ts'

type RestoreOptions = FolderOptions & {
  readonly journal?: string
  readonly withoutJournal?: boolean
}
type RotateOptions = FolderOptions & { readonly issuer?: string }

export function addBackup(program: Command, terminal: Terminal): void {
  commandOf(program, 'backup', 'copy the data folder, also while a server runs')
    .argument('<folder>', 'where the copy goes: a new folder')
    .addOption(dataOption())
    .action((target: string, options: FolderOptions) =>
      run(() => backup(target, options, terminal)),
    )
  commandOf(program, 'restore', 'make a data folder of a copy, without what was erased since')
    .argument('<backup>', 'a folder that backup made')
    .option('--journal <file>', 'the erasures.journal of the folder that was lost')
    .option('--without-journal', 'although there is none: what was erased since comes back')
    .addOption(dataOption())
    .action((copy: string, options: RestoreOptions) => run(() => restore(copy, options, terminal)))
  commandOf(program, 'rotate-master', 'make a new master key for new batches')
    .option('--issuer <address>', 'whose, where the folder has several (default: the first)')
    .addOption(passphraseOption())
    .addOption(dataOption())
    .action((options: RotateOptions) => run(() => rotate(options, terminal)))
}

async function backup(target: string, { data }: FolderOptions, terminal: Terminal): Promise<Exit> {
  const { backup: words } = issuerWordsOf(terminal.language)
  const report = await withService(terminal, data, ({ backUp }) => backUp(data, target))
  if (terminal.json) terminal.answer(report)
  else {
    terminal.say(words.copied(printable(report.folder)))
    if (!report.hasStore) terminal.note(words.databaseApart)
  }
  return EXIT.done
}

async function restore(copy: string, options: RestoreOptions, terminal: Terminal): Promise<Exit> {
  const { backup: words } = issuerWordsOf(terminal.language)
  const { data, journal, withoutJournal } = options
  const wanted = {
    ...(journal === undefined ? {} : { journal }),
    withoutJournal: withoutJournal === true,
  }
  const report = await withService(terminal, data, (service) => service.restore(copy, data, wanted))
  if (terminal.json) terminal.answer(report)
  else terminal.say(words.restored(printable(report.folder), report.erasures))
  return EXIT.done
}

async function rotate(options: RotateOptions, terminal: Terminal): Promise<Exit> {
  const { backup: words, init } = issuerWordsOf(terminal.language)
  const { data, issuer } = options
  const passphrase = await readPassphrase(options, terminal)
  const report = await withService(terminal, data, ({ rotateMaster }) =>
    rotateMaster(data, { passphrase, ...(issuer === undefined ? {} : { issuer }) }),
  )
  if (terminal.json) {
    terminal.answer(report)
    return EXIT.done
  }
  terminal.say(words.rotated(report.version))
  terminal.say(`${init.recoveryFile}  ${printable(report.recoveryFile)}`)
  terminal.say(`${init.recoveryCode}  ${terminal.paint('bold', report.recoveryCode)}`)
  terminal.note(init.keepApart)
  return EXIT.done
}
