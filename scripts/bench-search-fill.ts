/**
 * A million certificates in a store within a minute or so: rows as issuing leaves them (sealed bytes of usual lengths, six
 * search tags each), laid down by the database's own quickest way instead of the store's verbs. Certificate `at` is the
 * same in both drivers.
 */
import { createHash, randomBytes } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'

/** Small ones, so that there are many. */
export const BATCH = 10
export const ISSUER = `0x${'1'.repeat(40)}`
export const HOME = `eip155:31337:0x${'2'.repeat(40)}`
/** First names that share the certificates; one last name that every fiftieth has; of others count / 10. */
export const FIRST_NAMES = 100
export const FREQUENT_EACH = 50
/** A batch in so many that is only drafted. */
const DRAFTED_EACH = 5_000
/** Usual lengths, in bytes, of what stands sealed beside a certificate. */
const SIZES = { seed: 60, learner: 150, serverKey: 60 } as const

export function tagOf(text: string): bigint {
  return createHash('sha256').update(text).digest().readBigInt64BE()
}

export function batchIdOf(no: number): string {
  return `batch-${String(no).padStart(9, '0')}`
}

export function cidOf(at: number): string {
  return `bafkrei${createHash('sha256').update(`cid ${at}`).digest('hex').slice(0, 52)}`
}

export function firstNameOf(at: number): string {
  return `first ${at % FIRST_NAMES}`
}

export function lastNameOf(at: number, count: number): string {
  return at % FREQUENT_EACH === 0 ? 'last' : `last ${(at * 7919) % Math.ceil(count / 10)}`
}

function tagsOf(at: number, count: number): bigint[] {
  const unique = ['email', 'external', 'email of', 'external of'].map((kind) => `${kind} ${at}`)
  return [firstNameOf(at), lastNameOf(at, count), ...unique].map(tagOf)
}

const BATCHES = `INSERT INTO batches (id, home, issuer, pointers, permanent, created_at, state, size, root, manifest,
  anchored_at, operator)`

/** Into a store that is at the newest schema and open nowhere else. */
export function fillSqlite(path: string, count: number): void {
  const db = new DatabaseSync(path)
  db.exec(
    'PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY; BEGIN',
  )
  db.exec('CREATE TEMP TABLE tags (tag INTEGER, no INTEGER, row INTEGER)')
  const batch = db.prepare(
    `${BATCHES} VALUES (?, '${HOME}', '${ISSUER}', '[]', 0, ?, ?, ${BATCH}, ?, ?, 1, '${ISSUER}')`,
  )
  const numbered = db.prepare('INSERT INTO search_batches (no, batch_id) VALUES (?, ?)')
  const certificate = db.prepare(
    `INSERT INTO certificates (batch_id, row, idx, commitment, sealed_seed, sealed_learner, addressed)
       VALUES (?, ?, ?, ?, ?, ?, 1)`,
  )
  const sealing = db.prepare(
    `INSERT INTO sealed (batch_id, idx, row, cid, sealing, server_key, key_auth_hash, owner_hash)
       VALUES (?, ?, ?, ?, 0, ?, ?, ?)`,
  )
  const tag = db.prepare('INSERT INTO tags VALUES (?, ?, ?)')
  const [hash, seed] = [randomBytes(32), randomBytes(SIZES.seed)]
  const [learner, key] = [randomBytes(SIZES.learner), randomBytes(SIZES.serverKey)]
  for (let at = 0; at < count; at += 1) {
    const [no, index] = [Math.floor(at / BATCH) + 1, at % BATCH]
    const id = batchIdOf(no)
    if (index === 0) {
      const state = no % DRAFTED_EACH === 0 ? 'drafted' : 'anchored'
      batch.run(id, no, state, `root ${no}`, `manifest ${no}`)
      numbered.run(no, id)
    }
    certificate.run(id, index + 1, index, hash, seed, learner)
    sealing.run(id, index, index + 1, cidOf(at), key, hash, hash)
    for (const one of tagsOf(at, count)) tag.run(one, no, index + 1)
  }
  db.exec('INSERT INTO cids SELECT cid, batch_id, idx FROM sealed ORDER BY cid')
  db.exec('INSERT INTO search SELECT * FROM tags ORDER BY tag, no, row; DROP TABLE tags; COMMIT')
  db.close()
}

/** The same, made by the server itself; gives by how many bytes the database grew. */
export async function fillPostgres(url: string, count: number): Promise<number> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    // Of a table's own user alone: no check of what refers to what, for it is right.
    await client.query(`SET search_path = inaltera; SET session_replication_role = replica`)
    const before = await bytesOf(client)
    for (const statement of statementsOf(count)) await client.query(statement)
    return (await bytesOf(client)) - before
  } finally {
    await client.end()
  }
}

async function bytesOf(client: pg.Client): Promise<number> {
  const sql = 'SELECT pg_database_size(current_database()) AS bytes'
  const { rows } = await client.query<{ bytes: string }>(sql)
  return Number(rows[0]?.bytes)
}

function statementsOf(count: number): string[] {
  const hashed = (text: string): string => `sha256(convert_to(${text}, 'UTF8'))`
  const tag = (text: string): string =>
    `('x' || encode(substring(${hashed(text)} FROM 1 FOR 8), 'hex'))::bit(64)::bigint`
  const batch = "'batch-' || lpad(no::text, 9, '0')"
  const certificates = `(SELECT at, at / ${BATCH} + 1 AS no, at % ${BATCH} AS idx FROM generate_series(0, ${count - 1}) at) c`
  const bytes = (length: number): string => `decode(repeat('5a', ${length}), 'hex')`
  const last = `CASE WHEN at % ${FREQUENT_EACH} = 0 THEN 'last'
    ELSE 'last ' || (at::bigint * 7919) % ${Math.ceil(count / 10)} END`
  const words = [`'first ' || at % ${FIRST_NAMES}`, last]
  const unique = ['email', 'external', 'email of', 'external of'].map((kind) => `'${kind} ' || at`)
  return [
    `${BATCHES} SELECT ${batch}, '${HOME}', '${ISSUER}', '[]', false, no,
       CASE WHEN no % ${DRAFTED_EACH} = 0 THEN 'drafted' ELSE 'anchored' END, ${BATCH}, 'root ' || no,
       'manifest ' || no, 1, '${ISSUER}' FROM generate_series(1, ${Math.ceil(count / BATCH)}) no`,
    `INSERT INTO search_batches (no, batch_id) OVERRIDING SYSTEM VALUE
       SELECT no, ${batch} FROM generate_series(1, ${Math.ceil(count / BATCH)}) no`,
    `INSERT INTO certificates (batch_id, "row", idx, commitment, cid, sealing)
       SELECT ${batch}, idx + 1, idx, ${bytes(32)},
         'bafkrei' || left(encode(${hashed("'cid ' || at")}, 'hex'), 52), 0 FROM ${certificates}`,
    `INSERT INTO erasable (batch_id, "row", sealed_seed, sealed_learner, server_key, key_auth_hash, owner_hash,
       addressed) SELECT ${batch}, idx + 1, ${bytes(SIZES.seed)}, ${bytes(SIZES.learner)}, ${bytes(SIZES.serverKey)},
         ${bytes(32)}, ${bytes(32)}, true FROM ${certificates}`,
    `INSERT INTO search (tag, no, "row") SELECT tag, no, idx + 1 FROM ${certificates},
       unnest(ARRAY[${[...words, ...unique].map(tag).join(', ')}]) tag ORDER BY tag, no`,
    'ANALYZE',
  ]
}
