/** One more issuer in a data folder: keys and a master key of its own, a line in the policy, and last its configuration. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { accountOf, FormatError, parseJson, parsePolicy, utf8 } from '../src/index.ts'
import type { Address, Json, JsonObject } from '../src/index.ts'
import { changingFolder } from './changing.ts'
import { CONFIG_FILE, ConfigError, parseConfig, readConfig } from './config.ts'
import type { IssuerConfig } from './config.ts'
import { filesOf, issuerFilesOf, keyFilesOf } from './files.ts'
import { newKeys, writeJson, writeKeys } from './init.ts'
import { readKey } from './keys/keystore.ts'
import { noteInFolder } from './noted.ts'

export type NewIssuer = {
  /** What verdicts by the folder's own policy call it. */
  readonly name: string
  /** The folder's passphrase, which opens its keys too. */
  readonly passphrase: string
  /** log2 of scrypt's N for the key files, 10…20; default 17. */
  readonly scryptLogN?: number
}

export type AddedIssuer = {
  /** CAIP-10. */
  readonly account: string
  readonly issuer: Address
  readonly operators: IssuerConfig['operators']
  readonly recoveryFile: string
  /** Opens the recovery file; shown once, written nowhere. */
  readonly recoveryCode: string
}

/**
 * Makes an issuer with four keys and a recovery file of its own. What serves already knows it from its next start on.
 * Throws `KeystoreError` for a passphrase that is not the folder's, `FormatError` for a name that no policy can hold,
 * `ConfigError`.
 */
export async function addIssuer(folder: string, options: NewIssuer): Promise<AddedIssuer> {
  return changingFolder(folder, () => add(folder, options))
}

async function add(folder: string, options: NewIssuer): Promise<AddedIssuer> {
  const { chainId, issuers } = await readConfig(folder)
  const { policy } = filesOf(folder)
  const [{ issuer: first }] = issuers
  // One passphrase opens a folder: another one would make an issuer that no server can act for.
  await readKey(issuerFilesOf(folder, issuers, first).key('anchor'), options.passphrase)
  const keys = newKeys()
  const issuer = keys.issuer.address
  const account = accountOf(chainId, issuer)
  const newPolicy = withEntry(await readJson(policy), { account, name: options.name })
  parsePolicy(utf8(JSON.stringify(newPolicy)))
  const files = keyFilesOf(folder, issuer)
  const recoveryCode = await writeKeys(files, keys, options)
  const operators = { anchor: keys.anchor.address, status: keys.status.address }
  const config = withEntry(await readJson(join(folder, CONFIG_FILE)), {
    issuer,
    operators,
    master: keys.master.address,
  })
  parseConfig(utf8(JSON.stringify(config)), DATABASE_ELSEWHERE)
  await noteInFolder(folder, { action: 'add-issuer', subject: issuer, issuer })
  await writeJson(policy, newPolicy)
  await writeJson(join(folder, CONFIG_FILE), config)
  return { account, issuer, operators, recoveryFile: files.recovery, recoveryCode }
}

/** The file is read for its form alone, and need not say where the database is. */
const DATABASE_ELSEWHERE = 'postgres://elsewhere'

async function readJson(path: string): Promise<JsonObject> {
  const json: Json = parseJson(new Uint8Array(await readFile(path)))
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as JsonObject
  throw new ConfigError('invalid', path, `${path} is no JSON object`)
}

/** The same file with one more of its `issuers`. */
function withEntry(file: JsonObject, entry: Json): JsonObject {
  const { issuers = [] } = file
  if (!Array.isArray(issuers)) throw new FormatError('wrong-type', '/issuers', 'not a list')
  return { ...file, issuers: [...(issuers as readonly Json[]), entry] }
}
