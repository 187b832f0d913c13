/** `inaltera audit-log`: who changed what, newest first, with the digests that chain the entries. */

import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import type { Context } from '../../server/context.ts'
import { EXIT } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { inFolder } from '../folder.ts'
import { printable } from '../printable.ts'
import { commandOf, dataOption, run } from '../program.ts'
import { serviceWordsOf } from '../service-texts.ts'
import type { Terminal } from '../terminal.ts'

type Options = {
  readonly data: string
  readonly limit: number
  readonly after?: number
  readonly issuer?: string
}
type Entry = Awaited<ReturnType<Context['auditLog']>>[number]

const DEFAULT_LIMIT = 50

export function addAuditLog(program: Command, terminal: Terminal): void {
  commandOf(program, 'audit-log', 'say who changed what, newest first')
    .option('--limit <count>', 'how many entries, at most 1000', wholeUpTo(1000), DEFAULT_LIMIT)
    .option('--after <id>', 'go on behind the entry of this id', wholeUpTo(Number.MAX_SAFE_INTEGER))
    .option('--issuer <account>', 'what is of this issuer alone')
    .addOption(dataOption())
    .action((options: Options) => run(() => auditLog(options, terminal)))
}

/** Reads a count of an option. */
export function wholeUpTo(most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : 0
    if (value >= 1 && value <= most) return value
    throw new InvalidArgumentError(`1 to ${most}`)
  }
}

async function auditLog(options: Options, terminal: Terminal): Promise<Exit> {
  const { limit, after } = options
  const entries = await inFolder(terminal, options.data, {}, (context) => {
    const issuer = options.issuer === undefined ? undefined : context.as(options.issuer).issuer
    return context.auditLog({ limit, after, issuer })
  })
  if (terminal.json) terminal.answer({ entries: entries.map(factsOf) })
  else if (entries.length === 0) terminal.say(serviceWordsOf(terminal.language).nothing)
  for (const entry of terminal.json ? [] : entries) {
    const { id, at, action, subject, actor, digest } = factsOf(entry)
    terminal.say(`${id}  ${at}  ${printable(`${action}  ${subject}  ${actor}`)}`)
    terminal.say(`  ${digest}`)
  }
  return EXIT.done
}

function factsOf({ id, at, action, subject, actor, issuer, digest }: Entry): {
  readonly id: number
  readonly at: string
  readonly action: string
  readonly subject: string
  readonly actor: string
  readonly issuer: string | null
  readonly digest: string
} {
  return {
    id,
    at: new Date(at).toISOString(),
    action,
    subject,
    actor,
    issuer: issuer ?? null,
    digest,
  }
}
