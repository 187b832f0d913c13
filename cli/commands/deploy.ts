/** `inaltera deploy`: the registry on the chain of the data folder, and the roles of its keys. */

import type { Command } from 'commander'
import { EXIT } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { withKeys } from '../folder.ts'
import type { FolderOptions } from '../folder.ts'
import { issuerWordsOf } from '../issuer-texts.ts'
import { passphraseOption } from '../passphrase.ts'
import { commandOf, dataOption, run } from '../program.ts'
import type { Terminal } from '../terminal.ts'

export function addDeploy(program: Command, terminal: Terminal): void {
  commandOf(program, 'deploy', 'bring the registry to the chain and give the keys their roles')
    .addOption(passphraseOption())
    .addOption(dataOption())
    .action((options: FolderOptions) => run(() => deploy(options, terminal)))
}

async function deploy(options: FolderOptions, terminal: Terminal): Promise<Exit> {
  const report = await withKeys(terminal, options, (context) => context.deploy())
  if (terminal.json) {
    terminal.answer(report)
    return EXIT.done
  }
  const words = issuerWordsOf(terminal.language)
  terminal.say(report.deployed ? words.deployed : words.wasDeployed)
  terminal.say(`${words.init.registry}  ${report.home}`)
  return EXIT.done
}
