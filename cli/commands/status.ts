/** `inaltera revoke`, `suspend` and `reinstate`: the status of certificates that are out. */

import { Option } from 'commander'
import type { Command } from 'commander'
import { REASON_CODES } from '../../src/index.ts'
import type { ReasonCode } from '../../src/index.ts'
import type { Context, StatusReport } from '../../server/context.ts'
import { confirm, yesOption } from '../confirmation.ts'
import type { ConfirmOptions } from '../confirmation.ts'
import { EXIT } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { withKeys } from '../folder.ts'
import type { FolderOptions } from '../folder.ts'
import { issuerWordsOf } from '../issuer-texts.ts'
import { passphraseOption } from '../passphrase.ts'
import { commandOf, dataOption, run } from '../program.ts'
import { batchOf, readChoice, targetsOf } from '../target.ts'
import type { ChoiceOptions } from '../target.ts'
import type { Terminal } from '../terminal.ts'

type Action = 'revoke' | 'suspend' | 'reinstate'
type Options = FolderOptions & ChoiceOptions & ConfirmOptions & { readonly reason: ReasonCode }

const DESCRIPTIONS: Readonly<Record<Action, string>> = {
  revoke: 'revoke certificates, for good',
  suspend: 'suspend certificates, until they are reinstated',
  reinstate: 'end a suspension',
}

export function addStatusChanges(program: Command, terminal: Terminal): void {
  for (const action of ['revoke', 'suspend', 'reinstate'] as const) {
    const command = commandOf(program, action, DESCRIPTIONS[action])
    addChoice(command, 'indexes in the batch, separated by commas')
    if (action === 'revoke') command.option('--all', 'the whole batch')
    if (action !== 'reinstate') command.addOption(yesOption())
    command.action((target: string | undefined, options: Options) =>
      run(() => change(action, target, options, terminal)),
    )
  }
}

/** The options that say which certificate, why, and where the keys are. */
export function addChoice(command: Command, indexes: string, value = '<numbers>'): void {
  command
    .argument('[link|file]', 'holder link or certificate file')
    .option('--batch <id|root>', 'a batch, instead')
    .option(`--index ${value}`, indexes)
    .addOption(
      new Option('--reason <code>', 'why').choices([...REASON_CODES]).default('unspecified'),
    )
    .addOption(passphraseOption())
    .addOption(dataOption())
}

async function change(
  action: Action,
  target: string | undefined,
  options: Options,
  terminal: Terminal,
): Promise<Exit> {
  const choice = await readChoice(target, options, terminal)
  if (action !== 'reinstate') {
    await confirm(choice.kind === 'batch' ? 'revoke-batch' : action, options, terminal)
  }
  const { reason } = options
  const report = await withKeys(terminal, options, (context: Context) => {
    if (choice.kind === 'batch') return context.revokeBatch({ ...batchOf(choice.batch), reason })
    return context[action]({ ...targetsOf(choice, context, terminal), reason })
  })
  if (terminal.json) terminal.answer(report)
  else tell(report, terminal)
  return EXIT.done
}

function tell({ action, root, indexes, transactions }: StatusReport, terminal: Terminal): void {
  const { status } = issuerWordsOf(terminal.language)
  const { say } = terminal
  say(status.done[action])
  say(`  ${status.certificates(indexes.join(', '), root)}`)
  if (transactions.length === 0) say(status.already)
  for (const transaction of transactions) say(`  ${transaction}`)
  if (transactions.length > 0) say(status.shows)
}
