/**
 * A copy of a data folder while others work in it, and a folder from a copy. The erasure journal is in no copy: it is what
 * tells a folder that was put back what must not be there.
 */

import { copyFile, cp, lstat, mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { UnavailableError } from '../src/index.ts'
import { pathsOf, readRecord } from './chain/keeper.ts'
import { openJournal } from './erasure/journal.ts'
import { journalPathOf } from './erasure/open.ts'
import { changingFolder } from './changing.ts'
import { CONFIG_FILE, ConfigError, readConfig } from './config.ts'
import type { Config } from './config.ts'
import { documentPathsOf, filesOf } from './files.ts'
import { syncFolder } from './keys/durable.ts'
import { unlessMissing } from './missing.ts'

export type BackupReport = {
  readonly folder: string
  /** False where the store is on PostgreSQL: its own tools copy it, before this. */
  readonly hasStore: boolean
}

const ISSUERS = 'issuers'
/** The last thing that is written: a folder without it is no whole copy. */
const COMPLETE = 'complete'

/**
 * Copies a data folder into a new one, consistently: the store first, as of one moment, then what it names, which is
 * only ever added to; an erasure meanwhile stands in the journal. Throws `ConfigError` `exists` where something is
 * there.
 */
export async function backUp(folder: string, target: string): Promise<BackupReport> {
  const config = await readConfig(folder)
  await makeEmpty(target)
  const from = filesOf(folder)
  const to = filesOf(target)
  const hasStore = config.store.kind === 'sqlite'
  if (hasStore) copyStore(from.store, to.store)
  const documents = documentPathsOf(folder)
  const copies = documentPathsOf(target)
  await copyTree(documents.blocks, copies.blocks)
  await copyTree(documents.packs, copies.packs)
  await copyTree(documents.cars, copies.cars)
  if (config.chain.kind === 'embedded') await copyChain(from.chain, to.chain)
  // Key files of one passphrase, and those that the configuration names.
  await changingFolder(folder, async () => {
    await copyTree(from.keys, to.keys)
    await copyTree(join(folder, ISSUERS), join(target, ISSUERS))
    await copyFile(from.policy, to.policy)
    await copyFile(join(folder, CONFIG_FILE), join(target, CONFIG_FILE))
  })
  await syncAll(target)
  await writeFile(join(target, COMPLETE), '', { mode: 0o600, flush: true })
  await syncFolder(target)
  return { folder: target, hasStore }
}

/** SQLite's own copy: one read transaction, whoever writes meanwhile; deleted content is not in it. */
function copyStore(path: string, target: string): void {
  const database = new DatabaseSync(path, { timeout: 120_000 })
  try {
    database.prepare('VACUUM INTO ?').run(target)
  } finally {
    database.close()
  }
}

const STATE_PATIENCE_MS = 10_000
const POLL_MS = 100

/** The state of the embedded chain, as it is written after the store was copied: it has every anchor that the store has. */
async function copyChain(from: string, to: string): Promise<void> {
  const [paths, copies] = [pathsOf(from), pathsOf(to)]
  await mkdir(to, { recursive: true, mode: 0o700 })
  await copyTree(paths.beginning, copies.beginning)
  const asked = Date.now()
  for (;;) {
    const found = await lstat(paths.state).catch(() => undefined)
    const isRunning = readRecord(paths.record) !== undefined
    if (found === undefined && !isRunning) return
    const text = await readFile(paths.state, 'utf8').catch(() => '')
    const isLate = !isRunning || (found?.mtimeMs ?? 0) > asked
    if (isLate && isWhole(text)) {
      await writeFile(copies.state, text, { mode: 0o600 })
      return
    }
    if (Date.now() - asked > STATE_PATIENCE_MS) {
      throw new UnavailableError('timeout', 'the embedded chain does not write its state')
    }
    await sleep(POLL_MS)
  }
}

/** It is written in place, and may be read half. */
function isWhole(json: string): boolean {
  try {
    JSON.parse(json)
    return true
  } catch {
    return false
  }
}

export type RestoreOptions = {
  /** The erasure journal that outlived the folder; without it, the one in its place in the new folder. */
  readonly journal?: string
  /** Although there is none: what was erased since the copy was made comes back. */
  readonly withoutJournal?: boolean
}

export type RestoreReport = {
  readonly folder: string
  /** Erasures that the next start carries out again. */
  readonly erasures: number
}

/**
 * Makes a data folder of a copy, where there is nothing but, perhaps, the journal. Throws `ConfigError`: `exists`,
 * `missing` for what is no whole copy, `invalid` where there is no journal; `FormatError` where the journal was changed.
 */
export async function restore(
  backup: string,
  folder: string,
  options: RestoreOptions = {},
): Promise<RestoreReport> {
  const config = await readConfig(backup)
  const isComplete = await lstat(join(backup, COMPLETE)).catch(() => undefined)
  if (isComplete === undefined) {
    throw new ConfigError('missing', COMPLETE, `${backup} is no whole copy of a data folder`)
  }
  const journal = journalPathOf(folder, config)
  await makeEmpty(folder, [basename(journal), `${basename(journal)}.lock`])
  const erasures = await placeJournal(config, folder, options)
  for (const name of await readdir(backup)) {
    if (name === COMPLETE || name === CONFIG_FILE) continue
    await copyTree(join(backup, name), join(folder, name))
  }
  // Before the configuration, without which nothing opens the folder.
  await writeFile(filesOf(folder).restored, '', { mode: 0o600, flush: true })
  await syncAll(folder)
  await copyFile(join(backup, CONFIG_FILE), join(folder, CONFIG_FILE))
  await syncAll(folder)
  return { folder, erasures }
}

async function placeJournal(
  config: Config,
  folder: string,
  { journal, withoutJournal }: RestoreOptions,
): Promise<number> {
  const path = journalPathOf(folder, config)
  const isThere = (await lstat(path).catch(() => undefined)) !== undefined
  if (journal !== undefined) {
    if (isThere) throw new ConfigError('exists', path, `${path} is there already`)
    await openJournal(journal).read()
    await copyFile(journal, path)
  } else if (!isThere) {
    if (withoutJournal !== true) {
      const message = `there is no erasure journal at ${path}: name the one that is left`
      throw new ConfigError('invalid', '/erasureJournal', message)
    }
    await writeFile(path, '', { mode: 0o600, flush: true })
  }
  const entries = await openJournal(path).read()
  return entries.filter(({ kind }) => kind === 'erase').length
}

/** A new folder, or one that is empty but for what is allowed. Throws `ConfigError` `exists`. */
async function makeEmpty(folder: string, allowed: readonly string[] = []): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const [first] = (await readdir(folder)).filter((name) => !allowed.includes(name))
  if (first !== undefined)
    throw new ConfigError('exists', first, `${first} is in ${folder} already`)
}

/** What half a write or a running process left there, and no copy needs. */
const PASSING = /\.(tmp|lock|next)$|^owner\.json$|-(wal|shm)$/

/** A file that goes while this copies was erased, or replaced by the one beside it. */
async function copyTree(from: string, to: string): Promise<void> {
  const found = await lstat(from).catch(() => undefined)
  if (found === undefined) return
  // Neither the pipes of a running chain nor a link that leads elsewhere.
  if (!found.isDirectory() && !found.isFile()) return
  if (found.isFile()) {
    await unlessMissing(cp(from, to, { preserveTimestamps: true }))
    return
  }
  await mkdir(to, { recursive: true, mode: 0o700 })
  for (const name of await readdir(from)) {
    if (!PASSING.test(name)) await copyTree(join(from, name), join(to, name))
  }
}

async function syncAll(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await syncAll(path)
    else await syncFile(path)
  }
  await syncFolder(folder)
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
