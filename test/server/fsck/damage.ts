/** Damage to a data folder as a disk, a hand or a restored copy does it; each can be undone. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue } from 'node:sqlite'

export type Undo = () => void

/** Statements on the folder's SQLite file, past every rule of the store. */
export function onFile<T>(folder: string, work: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(join(folder, 'store.sqlite'), { enableForeignKeyConstraints: false })
  try {
    return work(db)
  } finally {
    db.close()
  }
}

/** Runs `sql`, and `undo` afterwards. */
export function change(folder: string, sql: string, undo: string): Undo {
  onFile(folder, (db) => {
    db.exec(sql)
  })
  return () => {
    onFile(folder, (db) => {
      db.exec(undo)
    })
  }
}

/** Flips one bit of one field of the first row that matches. */
export function flip(folder: string, table: string, column: string, where = 'true'): Undo {
  const [rowid, before] = onFile(folder, (db) => {
    const row = db
      .prepare(
        `SELECT rowid AS id, ${column} AS value FROM ${table} WHERE ${where} ORDER BY rowid LIMIT 1`,
      )
      .get()
    if (row === undefined) throw new Error(`no row of ${table} to damage`)
    return [row['id'], row['value']] as [number, SQLInputValue]
  })
  const put = (value: SQLInputValue): void => {
    onFile(folder, (db) => {
      db.prepare(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`).run(value, rowid)
    })
  }
  put(flipped(before))
  return () => {
    put(before)
  }
}

function flipped(value: SQLInputValue): SQLInputValue {
  if (value instanceof Uint8Array) return value.map((byte, i) => (i === 20 ? byte ^ 1 : byte))
  if (typeof value === 'string') return `${value.slice(0, -1)}${value.endsWith('a') ? 'b' : 'a'}`
  if (typeof value === 'number') return value ^ 1
  throw new Error('there is nothing to flip')
}

/** Flips a bit in the middle of a file. */
export function flipFile(path: string): Undo {
  const before = readFileSync(path)
  const after = Buffer.from(before)
  const middle = Math.floor(after.length / 2)
  after[middle] = (after[middle] ?? 0) ^ 1
  writeFileSync(path, after)
  return () => {
    writeFileSync(path, before)
  }
}

export function blockFile(folder: string, cid: string): string {
  return join(folder, 'blocks', cid.slice(-2), cid)
}

export function carFile(folder: string): string {
  const name = readdirSync(join(folder, 'cars')).find((one) => one.endsWith('.car'))
  if (name === undefined) throw new Error('there is no CAR')
  return join(folder, 'cars', name)
}
