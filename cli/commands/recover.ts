/** `inaltera recover`: the master key once more, from the recovery file and its code. */

import { join } from 'node:path'
import type { Command } from 'commander'
import { EXIT, usage } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { readBytes } from '../files.ts'
import { withService } from '../folder.ts'
import type { FolderOptions } from '../folder.ts'
import { issuerWordsOf } from '../issuer-texts.ts'
import { askUnseen, passphraseOption, readPassphrase } from '../passphrase.ts'
import { commandOf, dataOption, run } from '../program.ts'
import type { Terminal } from '../terminal.ts'

type Options = FolderOptions & { readonly recoveryFile?: string; readonly codeFile?: string }

const MAX_CODE_BYTES = 256

export function addRecover(program: Command, terminal: Terminal): void {
  commandOf(program, 'recover', 'get the master key back from its recovery file and code')
    .option('--recovery-file <file>', "a copy of it (default: the data folder's own)")
    .option('--code-file <file>', 'file with the recovery code (or INALTERA_RECOVERY_CODE)')
    .addOption(passphraseOption())
    .addOption(dataOption())
    .action((options: Options) => run(() => recover(options, terminal)))
}

async function recover(options: Options, terminal: Terminal): Promise<Exit> {
  const words = issuerWordsOf(terminal.language)
  const { data } = options
  const recoveryFile = options.recoveryFile ?? join(data, 'keys', 'master-recovery.json')
  const recoveryCode = await readCode(options, terminal)
  const passphrase = await readPassphrase(options, terminal)
  await withService(terminal, data, ({ recoverMasterKey }) =>
    recoverMasterKey(data, { recoveryFile, recoveryCode, passphrase }),
  )
  if (terminal.json) terminal.answer({ folder: data, recovered: true })
  else terminal.say(words.recovered)
  return EXIT.done
}

/** From a file, the environment or a terminal, never from the command line. */
async function readCode({ codeFile }: Options, { words, language }: Terminal): Promise<string> {
  if (codeFile !== undefined) {
    const bytes = await readBytes(codeFile, words, MAX_CODE_BYTES)
    return new TextDecoder().decode(bytes).trim()
  }
  const given = process.env['INALTERA_RECOVERY_CODE']
  if (given !== undefined && given !== '') return given
  const { askCode, noCode } = issuerWordsOf(language)
  if (!process.stdin.isTTY) throw usage('no-recovery-code', noCode)
  return askUnseen(askCode, noCode)
}
