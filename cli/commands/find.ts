/** `inaltera find`: certificates by their learner. */

import type { Command } from 'commander'
import { EXIT, usage } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { withKeys } from '../folder.ts'
import type { FolderOptions } from '../folder.ts'
import { passphraseOption } from '../passphrase.ts'
import { printable } from '../printable.ts'
import { commandOf, dataOption, run } from '../program.ts'
import { serviceWordsOf } from '../service-texts.ts'
import type { Terminal } from '../terminal.ts'
import { wholeUpTo } from './audit-log.ts'

type Options = FolderOptions & {
  readonly name?: string
  readonly email?: string
  readonly externalId?: string
  readonly issuer?: string
  readonly limit: number
}

const DEFAULT_LIMIT = 50

export function addFind(program: Command, terminal: Terminal): void {
  commandOf(program, 'find', 'find certificates by their learner, newest first')
    .option('--name <words>', 'whole words of the name, in any order, case and accents')
    .option('--email <address>', 'the e-mail address')
    .option('--external-id <id>', 'the external id')
    .option('--limit <count>', 'how many, at most 1000', wholeUpTo(1000), DEFAULT_LIMIT)
    .option('--issuer <account>', 'whose (default: the first issuer of the folder)')
    .addOption(passphraseOption())
    .addOption(dataOption())
    .action((options: Options) => run(() => find(options, terminal)))
}

async function find(options: Options, terminal: Terminal): Promise<Exit> {
  const words = serviceWordsOf(terminal.language)
  const { name, email, externalId, issuer, limit } = options
  const query = {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(externalId === undefined ? {} : { externalId }),
  }
  if (Object.keys(query).length === 0) throw usage('nothing-asked', words.nothingAsked)
  const found = await withKeys(terminal, options, (context) =>
    (issuer === undefined ? context : context.as(issuer)).find(query, { limit }),
  )
  if (terminal.json) terminal.answer({ certificates: found })
  else if (found.length === 0) terminal.say(words.nothing)
  for (const one of terminal.json ? [] : found) {
    const { learner, batchId, row, cid } = one
    const parts = [learner.name, learner.email, learner.externalId].filter(
      (part) => part !== undefined,
    )
    terminal.say(printable(parts.join(', ')))
    terminal.say(`  ${words.placeOf(batchId, row)}  ${cid}`)
  }
  return EXIT.done
}
