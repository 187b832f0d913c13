/** `inaltera key create`, `key list` and `key revoke`: the keys with which programs call the API of a folder's server. */

import type { Command } from 'commander'
import type { ApiKey, Context, Scope } from '../../server/context.ts'
import { EXIT, Failure, usage } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { inFolder, withService } from '../folder.ts'
import type { FolderOptions } from '../folder.ts'
import { issuerWordsOf } from '../issuer-texts.ts'
import { printable } from '../printable.ts'
import { commandOf, dataOption, run } from '../program.ts'
import type { Terminal } from '../terminal.ts'

type Options = FolderOptions & { readonly issuer?: string }
type CreateOptions = Options & {
  readonly label?: string
  readonly scopes?: string
  readonly expires: string
}

const DAY_MS = 24 * 60 * 60_000
const MAX_DAYS = 730
const MAX_LABEL = 100

export function addKeys(program: Command, terminal: Terminal): void {
  const key = program.command('key').description('the keys of the API')
  const issuer = ['--issuer <account>', 'whose (default: the first issuer of the folder)'] as const
  commandOf(key, 'create', 'make a key; its text is shown once')
    .option('--label <text>', 'what it is for')
    .option('--scopes <names>', 'what it may do, separated by commas, or all')
    .option('--expires <days>', 'how long it counts, at most 730 days', '365')
    .option(...issuer)
    .addOption(dataOption())
    .action((options: CreateOptions) => run(() => create(options, terminal)))
  commandOf(key, 'list', 'the keys of an issuer, without their secrets')
    .option(...issuer)
    .addOption(dataOption())
    .action((options: Options) => run(() => list(options, terminal)))
  commandOf(key, 'revoke', 'end a key, from the next request on')
    .argument('<id>', 'its id: the 16 digits after inaltera_')
    .option(...issuer)
    .addOption(dataOption())
    .action((id: string, options: Options) => run(() => revoke(id, options, terminal)))
}

async function create(options: CreateOptions, terminal: Terminal): Promise<Exit> {
  const words = issuerWordsOf(terminal.language).key
  const label = options.label?.trim() ?? ''
  if (label === '' || label.length > MAX_LABEL) throw usage('no-label', words.noLabel)
  const days = /^\d{1,3}$/.test(options.expires) ? Number(options.expires) : 0
  if (days < 1 || days > MAX_DAYS) throw usage('bad-days', words.badDays)
  const scopes = await scopesOf(options, terminal)
  const made = await inFolder(terminal, options.data, {}, (context) =>
    context.apiKeys.create({
      issuer: issuerOf(context, options),
      label,
      scopes,
      expiresAt: Date.now() + days * DAY_MS,
      by: 'cli',
    }),
  )
  if (terminal.json) terminal.answer({ ...factsOf(made.key), text: made.text })
  else {
    terminal.say(made.text)
    terminal.note(words.created)
  }
  return EXIT.done
}

/** `all` is every scope there is at this version, not those to come. */
async function scopesOf({ scopes, data }: CreateOptions, terminal: Terminal): Promise<Scope[]> {
  const all = await withService(terminal, data, ({ SCOPES }) => Promise.resolve(SCOPES))
  const words = issuerWordsOf(terminal.language).key
  if (scopes === 'all') return [...all]
  const names = (scopes ?? '').split(',').map((name) => name.trim())
  return names.map((name) => {
    const scope = all.find((known) => known === name)
    if (scope === undefined) throw usage('bad-scope', words.badScope(all.join(', ')))
    return scope
  })
}

async function list(options: Options, terminal: Terminal): Promise<Exit> {
  const words = issuerWordsOf(terminal.language).key
  const keys = await inFolder(terminal, options.data, {}, (context) =>
    context.apiKeys.list(issuerOf(context, options)),
  )
  if (terminal.json) terminal.answer({ keys: keys.map(factsOf) })
  else if (keys.length === 0) terminal.say(words.none)
  for (const key of terminal.json ? [] : keys) {
    const { id, label, scopes, expiresAt, revokedAt } = factsOf(key)
    const end = revokedAt === null ? words.until(expiresAt) : words.revokedAt(revokedAt)
    terminal.say(`${id}  ${end}  ${printable(label)}`)
    terminal.say(`  ${scopes.join(', ')}`)
  }
  return EXIT.done
}

async function revoke(id: string, options: Options, terminal: Terminal): Promise<Exit> {
  const words = issuerWordsOf(terminal.language).key
  const isDone = await inFolder(terminal, options.data, {}, (context) =>
    context.apiKeys.revoke(issuerOf(context, options), id, 'cli'),
  )
  if (!isDone) throw new Failure(EXIT.refused, 'no-such-key', words.unknown)
  if (terminal.json) terminal.answer({ id, revoked: true })
  else terminal.say(words.revoked)
  return EXIT.done
}

function issuerOf(context: Context, { issuer }: Options): string {
  return issuer === undefined ? context.as(context.account).issuer : context.as(issuer).issuer
}

/** With times to read. */
function factsOf(key: ApiKey) {
  const { id, label, scopes, issuer } = key
  const moment = (at: number): string => new Date(at).toISOString()
  return {
    id,
    issuer,
    label,
    scopes,
    createdAt: moment(key.createdAt),
    expiresAt: moment(key.expiresAt),
    revokedAt: key.revokedAt === undefined ? null : moment(key.revokedAt),
    lastUsedAt: key.lastUsedAt === undefined ? null : moment(key.lastUsedAt),
  }
}
