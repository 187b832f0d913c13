/** `inaltera issuer add` and `issuer list`: the issuers that share one data folder and its server. */

import type { Command } from 'commander'
import type { AddedIssuer } from '../../server/context.ts'
import { tellFacts } from '../facts.ts'
import { EXIT, usage } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { inFolder, withService } from '../folder.ts'
import type { FolderOptions } from '../folder.ts'
import { issuerWordsOf } from '../issuer-texts.ts'
import { passphraseOption, readPassphrase } from '../passphrase.ts'
import { commandOf, dataOption, run } from '../program.ts'
import type { Terminal } from '../terminal.ts'

type AddOptions = FolderOptions & { readonly name?: string }

export function addIssuers(program: Command, terminal: Terminal): void {
  const issuer = program.command('issuer').description('the issuers that share a data folder')
  commandOf(issuer, 'add', 'one more issuer, with keys and a master key of its own')
    .option('--name <organisation>', 'the issuing organisation, as verdicts call it')
    .addOption(passphraseOption())
    .addOption(dataOption())
    .action((options: AddOptions) => run(() => add(options, terminal)))
  commandOf(issuer, 'list', 'the accounts of all issuers of the folder')
    .addOption(dataOption())
    .action((options: FolderOptions) => run(() => list(options, terminal)))
}

async function add(options: AddOptions, terminal: Terminal): Promise<Exit> {
  const words = issuerWordsOf(terminal.language)
  const { name, data } = options
  if (name === undefined || name.trim() === '') throw usage('no-name', words.init.nameMissing)
  const passphrase = await readPassphrase(options, terminal)
  const added = await withService(terminal, data, ({ addIssuer }) =>
    addIssuer(data, { name, passphrase }),
  )
  if (terminal.json) terminal.answer(added)
  else tell(added, terminal)
  return EXIT.done
}

function tell(added: AddedIssuer, terminal: Terminal): void {
  const { init, issuer } = issuerWordsOf(terminal.language)
  const { say, note, paint } = terminal
  say(issuer.added)
  say('')
  const facts = [
    [init.account, added.account],
    [init.anchorKey, added.operators.anchor],
    [init.statusKey, added.operators.status],
    [init.recoveryFile, added.recoveryFile],
    [init.recoveryCode, added.recoveryCode],
  ] as const
  tellFacts(facts, init.recoveryCode, terminal)
  say('')
  note(paint('yellow', init.keepApart))
  note(issuer.next)
}

async function list(options: FolderOptions, terminal: Terminal): Promise<Exit> {
  const accounts = await inFolder(terminal, options.data, {}, (context) =>
    Promise.resolve(context.accounts),
  )
  if (terminal.json) terminal.answer({ issuers: accounts })
  else for (const account of accounts) terminal.say(account)
  return EXIT.done
}
