/** A PostgreSQL URL as connection options: a closed list, so that no URL turns off what the store promises. */

import { readFileSync } from 'node:fs'
import type { ClientConfig } from 'pg'
import { ConfigError } from '../config.ts'

/** Where the URL was read (a JSON path or a variable's name): errors name it, and never the URL itself. */
export type DatabaseUrl = { readonly url: string; readonly member: string }

type Address = Pick<ClientConfig, 'host' | 'port' | 'user' | 'password' | 'database' | 'ssl'>

const PARAMETERS = ['host', 'sslmode', 'sslrootcert']
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/

/**
 * `postgres://user[:password]@host[:port]/database`, with `host` (a folder of sockets), `sslmode` (`disable` or
 * `verify-full`, which is what any host but this machine has by default) and `sslrootcert` as parameters. Without a
 * password `PGPASSWORD` counts. Throws `ConfigError`.
 */
export function addressOfUrl({ url: text, member }: DatabaseUrl): Address {
  const refuse = (what: string): never => {
    throw new ConfigError('invalid', member, `the database URL ${what}`)
  }
  // Neither error quotes the URL: it may hold a password.
  const url = URL.parse(text) ?? URL.parse(text.replace('@/', '@socket/'))
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    return refuse('has the form postgres://user@host/database')
  }
  const unknown = [...url.searchParams.keys()].find((name) => !PARAMETERS.includes(name))
  if (unknown !== undefined) refuse(`has parameters ${PARAMETERS.join(', ')} only`)
  const decoded = (part: string): string => {
    try {
      return decodeURIComponent(part)
    } catch {
      return refuse('has a % that is no encoding')
    }
  }
  const host = url.searchParams.get('host') ?? decoded(url.hostname)
  const database = decoded(url.pathname.slice(1))
  const user = decoded(url.username)
  if (host === '' || database === '' || user === '') refuse('names host, database and user')
  const password = decoded(url.password)
  return {
    host: host.replace(/^\[(.+)\]$/, '$1'),
    port: url.port === '' ? 5432 : Number(url.port),
    user,
    database,
    ...(password === '' ? {} : { password }),
    ssl: encryptionOf(url.searchParams, host, refuse),
  }
}

function encryptionOf(
  parameters: URLSearchParams,
  host: string,
  refuse: (what: string) => never,
): ClientConfig['ssl'] {
  const isHere = host.startsWith('/') || LOOPBACK.test(host)
  const mode = parameters.get('sslmode') ?? (isHere ? 'disable' : 'verify-full')
  if (mode === 'disable') return false
  if (mode !== 'verify-full') return refuse('has sslmode disable or verify-full')
  const root = parameters.get('sslrootcert')
  if (root === null) return true
  try {
    return { ca: readFileSync(root, 'utf8') }
  } catch {
    return refuse('names an sslrootcert that cannot be read')
  }
}
