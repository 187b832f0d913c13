/** A new master key for an issuer's new batches; what earlier keys sealed stays readable with them. */

import { join } from 'node:path'
import { FormatError, parseJson, utf8 } from '../src/index.ts'
import type { Json, JsonObject } from '../src/index.ts'
import { changingFolder } from './changing.ts'
import { CONFIG_FILE, parseConfig, readConfig } from './config.ts'
import { issuerFilesOf } from './files.ts'
import { writeJson } from './init.ts'
import { IssuingError } from './issuance/errors.ts'
import { newKey, readKey, replaceKey } from './keys/keystore.ts'
import { newRecoveryCode, replaceRecoveryFile } from './keys/recovery.ts'
import { noteInFolder } from './noted.ts'
import { readFile } from 'node:fs/promises'

export type RotateOptions = {
  readonly passphrase: string
  /** Address of the issuer; by default the folder's first. */
  readonly issuer?: string
  readonly scryptLogN?: number
}

export type RotateReport = {
  readonly issuer: string
  /** Of the new key, from 2. */
  readonly version: number
  readonly recoveryFile: string
  /** Opens the new recovery file; shown once, written nowhere. Those of earlier versions stay good. */
  readonly recoveryCode: string
}

/**
 * Key and recovery file first, the configuration that names them last: what a crash leaves before that is written over
 * by the next call. Processes that run go on with the key before until they are started again. Throws `KeystoreError`,
 * `ConfigError`, `IssuingError` `no-such-issuer`.
 */
export async function rotateMaster(folder: string, options: RotateOptions): Promise<RotateReport> {
  return changingFolder(folder, () => rotate(folder, options))
}

async function rotate(folder: string, options: RotateOptions): Promise<RotateReport> {
  const { passphrase, scryptLogN } = options
  const { issuers } = await readConfig(folder)
  const wanted = options.issuer?.toLowerCase() ?? issuers[0].issuer
  const place = issuers.findIndex(({ issuer }) => issuer === wanted)
  const own = issuers[place]
  if (own === undefined) throw new IssuingError('no-such-issuer', `${wanted} is no issuer here`)
  const files = issuerFilesOf(folder, issuers, own.issuer)
  await readKey(files.key('master', own.masters.length), passphrase)
  const version = own.masters.length + 1
  const key = newKey()
  const recoveryCode = newRecoveryCode()
  const recoveryFile = files.recoveryOf(version)
  await replaceKey(files.key('master', version), key, passphrase, scryptLogN)
  await replaceRecoveryFile(recoveryFile, key, recoveryCode)
  const path = join(folder, CONFIG_FILE)
  const config = withMaster(parseObject(await readFile(path)), place, key.address)
  parseConfig(utf8(JSON.stringify(config)), 'postgres://elsewhere')
  const subject = `master/${version}`
  await noteInFolder(folder, { action: 'rotate-master', subject, issuer: own.issuer })
  await writeJson(path, config)
  return { issuer: own.issuer, version, recoveryFile, recoveryCode }
}

/** `place` 0 is the issuer at the top of the file, the others stand in its list. */
function withMaster(config: JsonObject, place: number, address: string): JsonObject {
  if (place === 0) return { ...config, laterMasters: [...listOf(config['laterMasters']), address] }
  const issuers = listOf(config['issuers']).map((one, at) =>
    at === place - 1 ? withMaster(objectOf(one), 0, address) : one,
  )
  return { ...config, issuers }
}

function parseObject(bytes: Uint8Array): JsonObject {
  return objectOf(parseJson(new Uint8Array(bytes)))
}

function objectOf(json: Json): JsonObject {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as JsonObject
  throw new FormatError('wrong-type', CONFIG_FILE, 'no object')
}

function listOf(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? (json as readonly Json[]) : []
}
