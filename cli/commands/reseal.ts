/** `inaltera reseal`: a link that got into other hands is replaced by a new one. */

import type { Command } from 'commander'
import type { ReasonCode } from '../../src/index.ts'
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

type Options = FolderOptions &
  ChoiceOptions & { readonly reason: ReasonCode; readonly mail?: boolean }

export function addReseal(program: Command, terminal: Terminal): void {
  const command = commandOf(program, 'reseal', 'replace the link of a certificate by a new one')
  addChoice(command, 'its index in the batch, one alone', '<number>')
  command.option('--mail', 'send the new link to its learner instead of printing it')
  command.action((target: string | undefined, options: Options) =>
    run(() => reseal(target, options, terminal)),
  )
}

async function reseal(
  target: string | undefined,
  options: Options,
  terminal: Terminal,
): Promise<Exit> {
  const { status } = issuerWordsOf(terminal.language)
  const choice = await readChoice(target, options, terminal)
  if (choice.kind === 'batch') throw usage('which-one', status.whichOne)
  const mail = options.mail === true
  const { link, ...report } = await withKeys(terminal, options, async (context) => {
    const request = { ...oneOf(choice, context, terminal), reason: options.reason, mail }
    const done = await context.reseal(request)
    if (mail) await context.mail.work()
    return done
  })
  if (terminal.json) terminal.answer(mail ? report : { ...report, link })
  else {
    terminal.say(status.resealed(report.oldCid))
    terminal.say(mail ? status.newLinkMailed : link)
    for (const cid of report.damaged) terminal.note(`! ${status.damaged(cid)}`)
  }
  return EXIT.done
}
