/** `inaltera erase`: what lets a certificate be read, and what is known of its learner, is deleted for good. */

import type { Command } from 'commander'
import type { ReasonCode } from '../../src/index.ts'
import { confirm, yesOption } from '../confirmation.ts'
import type { ConfirmOptions } from '../confirmation.ts'
import { EXIT, usage } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { withKeys } from '../folder.ts'
import type { FolderOptions } from '../folder.ts'
import { issuerWordsOf } from '../issuer-texts.ts'
import { commandOf, run } from '../program.ts'
import { oneOf, readChoice } from '../target.ts'
import type { ChoiceOptions } from '../target.ts'
import type { Terminal } from '../terminal.ts'
import { addChoice } from './status.ts'

type Options = FolderOptions & ChoiceOptions & ConfirmOptions & { readonly reason: ReasonCode }

export function addErase(program: Command, terminal: Terminal): void {
  const command = commandOf(program, 'erase', 'erase a certificate: its key and its learner')
  addChoice(command, 'its index in the batch, one alone', '<number>')
  command.addOption(yesOption())
  command.action((target: string | undefined, options: Options) =>
    run(() => erase(target, options, terminal)),
  )
}

async function erase(
  target: string | undefined,
  options: Options,
  terminal: Terminal,
): Promise<Exit> {
  const { status } = issuerWordsOf(terminal.language)
  const choice = await readChoice(target, options, terminal)
  if (choice.kind === 'batch') throw usage('which-one', status.whichOne)
  await confirm('erase', options, terminal)
  const report = await withKeys(terminal, options, (context) =>
    context.erase({ ...oneOf(choice, context, terminal), reason: options.reason }),
  )
  if (terminal.json) terminal.answer(report)
  else {
    terminal.say(status.erased(report.cid, report.erasedAt))
    terminal.say(status.outOfReach)
    for (const cid of report.damaged) terminal.note(`! ${status.damaged(cid)}`)
  }
  return EXIT.done
}
