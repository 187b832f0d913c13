/** `inaltera send`: every learner of a batch gets their link by e-mail, once. */

import type { Command } from 'commander'
import { Option } from 'commander'
import { LANGUAGES } from '../../src/index.ts'
import type { Language } from '../../src/index.ts'
import type { Context, MailReport } from '../../server/context.ts'
import { EXIT } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { withKeys } from '../folder.ts'
import type { FolderOptions } from '../folder.ts'
import { issuerWordsOf } from '../issuer-texts.ts'
import { passphraseOption } from '../passphrase.ts'
import { commandOf, dataOption, run } from '../program.ts'
import type { Terminal } from '../terminal.ts'

type Options = FolderOptions & { readonly mailLanguage?: Language; readonly index?: string }

export function addSend(program: Command, terminal: Terminal): void {
  commandOf(program, 'send', 'send the links of a batch by e-mail, to each learner their own, once')
    .argument('<batch>', 'its id, as issue told it')
    .option('--index <number>', 'one link once more, by its index in the batch')
    .addOption(
      new Option('--mail-language <language>', 'language of the letters').choices([...LANGUAGES]),
    )
    .addOption(passphraseOption())
    .addOption(dataOption())
    .action((batch: string, options: Options) => run(() => send(batch, options, terminal)))
}

async function send(batchId: string, options: Options, terminal: Terminal): Promise<Exit> {
  const { mailLanguage, index } = options
  return withKeys(terminal, options, async (context) => {
    if (index === undefined) await context.mail.send(batchId, mailLanguage)
    else await context.mail.resend({ batchId, index: Number(index) }, mailLanguage)
    return tellSent(context, batchId, terminal)
  })
}

/** Hands over what is due, and says how far it came. What waits is sent by the server, or by the next `send`. */
export async function tellSent(
  context: Context,
  batchId: string,
  terminal: Terminal,
): Promise<Exit> {
  await context.mail.work()
  const report = await context.mail.report(batchId)
  const count = countsOf(report)
  if (terminal.json) terminal.answer(report)
  else {
    const { mail } = issuerWordsOf(terminal.language)
    terminal.say(mail.sent(count.accepted, count.queued))
    const refused = report.letters.filter(({ state }) => state === 'refused' || state === 'failed')
    for (const { index, code } of refused) terminal.note(`! ${mail.refused(index, code)}`)
  }
  return count.refused + count.failed === 0 ? EXIT.done : EXIT.refused
}

function countsOf({
  letters,
}: MailReport): Record<'accepted' | 'queued' | 'refused' | 'failed', number> {
  const counts = { accepted: 0, queued: 0, refused: 0, failed: 0 }
  for (const { state } of letters) counts[state] += 1
  return counts
}
