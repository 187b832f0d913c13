/** What is good enough to try things out, and must not face the public: `serve --production` refuses to start with it. */

import { readFile } from 'node:fs/promises'
import type { Policy } from '../src/index.ts'
import { ConfigError } from './config.ts'
import type { Config } from './config.ts'
import { issuerFilesOf } from './files.ts'
import { scryptCostOf } from './keys/keystore.ts'

/** `place` is a JSON Pointer into `inaltera.json`, or a file of the folder. */
export type DevelopmentSetting = { readonly place: string; readonly why: string }

/** 2^17, what `init` takes (https://datatracker.ietf.org/doc/html/rfc7914 sets no least cost). */
const MIN_SCRYPT_N = 2 ** 17

/** Throws `ConfigError` `development` that names every such setting at once. */
export async function refuseDevelopment(
  folder: string,
  config: Config,
  policy: Policy,
): Promise<void> {
  const found = [
    ...developmentSettings(config),
    ...developmentPolicy(config, policy),
    ...(await weakKeys(folder, config)),
  ]
  const [first] = found
  if (first === undefined) return
  const message = found.map(({ place, why }) => `${place}: ${why}`).join('; ')
  throw new ConfigError('development', first.place, message)
}

function developmentSettings({ chain, publicUrl }: Config): DevelopmentSetting[] {
  const found: DevelopmentSetting[] = []
  if (chain.kind === 'embedded') {
    found.push({ place: '/chain/kind', why: 'whoever runs the embedded chain can rewrite it' })
  } else if (chain.network === 'local') {
    found.push({ place: '/chain/network', why: 'whoever runs a local chain can rewrite it' })
  }
  if (!publicUrl.startsWith('https://')) {
    found.push({ place: '/server/publicUrl', why: `holder links would lead to ${publicUrl}` })
  }
  return found
}

function developmentPolicy({ home }: Config, policy: Policy): DevelopmentSetting[] {
  const found: DevelopmentSetting[] = []
  const pin = policy.registries.find(({ home: one }) => one.text === home.text)
  if (pin === undefined) {
    found.push({ place: 'policy.json', why: `it does not list ${home.text}` })
  }
  if (policy.level === 'reported') {
    found.push({
      place: 'policy.json',
      why: 'the level is reported: a verdict would be one provider’s word; say proven or agreed',
    })
  }
  return found
}

async function weakKeys(folder: string, { issuers }: Config): Promise<DevelopmentSetting[]> {
  const found: DevelopmentSetting[] = []
  for (const { issuer } of issuers) {
    const files = issuerFilesOf(folder, issuers, issuer)
    for (const name of ['issuer', 'anchor', 'status', 'master'] as const) {
      const path = files.key(name)
      const text = await readFile(path, 'utf8').catch(() => undefined)
      const cost = text === undefined ? undefined : scryptCostOf(text)
      if (cost === undefined || cost >= MIN_SCRYPT_N) continue
      const why = `the passphrase is stretched by scrypt with N ${cost}, less than ${MIN_SCRYPT_N}`
      found.push({ place: path.slice(folder.length + 1), why })
    }
  }
  return found
}
