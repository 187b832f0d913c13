/**
 * What the figures come to on paper: one anchor a minute, one server and one PostgreSQL in a year; a country; a continent.
 * Everything is worked out from what was measured in the same run, the gas from snapshots/gas.json, which a test holds.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Issuing } from './issuing.ts'
import { count } from './sections.ts'
import type { Section } from './sections.ts'

const GAS = join(import.meta.dirname, '..', 'snapshots', 'gas.json')
const ANCHOR = 'anchor by an operator, 1,000,000 certificates'
const MINUTES_A_YEAR = 525_600
const SECONDS_A_YEAR = 31_536_000
const MOST_OF_A_BATCH = 2 ** 32 - 1
/** A blob holds 2^17 bytes for 2^17 of its own gas (EIP-4844). */
const BLOB_GAS_A_BYTE = 1
/** What gas is taken to cost, gwei: prices move, these do not. */
const PRICES = { main: 10, rollup: 0.01, blob: 1 } as const

type Case = {
  readonly name: string
  readonly certificates: number
  readonly batch: number
  readonly added: string
}

const CASES: readonly Case[] = [
  {
    name: 'a country: 5 million diplomas',
    certificates: 5_000_000,
    batch: 1_000,
    added:
      'PostgreSQL in place of SQLite (an erasure there writes a part of the tables, not the file), a replica, backups elsewhere, a second server to change over to',
  },
  {
    name: 'a continent: 100 million micro-credentials',
    certificates: 100_000_000,
    batch: 5_000,
    added:
      'an issuing server and a database for each group of issuers, tables in partitions by year, storage that grows by shelves, a rollup or batches of a million where gas counts',
  },
]

export type Measured = {
  readonly issuing: Pick<Issuing, 'size' | 'ms' | 'sealedBytes' | 'anchorBytes'>
  /** Bytes of a certificate in the database: its rows, its search tags, their indices. */
  readonly rowBytes: number
  readonly rowStore: string
}

export function paperSection({ issuing, rowBytes, rowStore }: Measured): Section {
  const { sealedBytes, anchorBytes, size, ms } = issuing
  const gas = anchorGas()
  const rate = (1000 * size) / ms
  const diskBytes = 2 * sealedBytes + rowBytes
  return {
    name: 'paper',
    parts: [
      `Measured: r = ${count(rate)} certificates a second issued by one process (${count(size)} in a batch); s = ${count(sealedBytes)} bytes of a sealed certificate, kept twice (blocks and CAR); d = ${count(rowBytes)} bytes of its rows in ${rowStore}; g = ${count(gas)} gas of an anchor, whatever it holds; t = ${count(anchorBytes)} bytes of its transaction.`,
      carried(rate, diskBytes),
      loads(rate, diskBytes, gas),
      `Gas of a certificate is g / n for n in a batch. On a main network its price is that of execution; on a rollup execution is priced by the rollup, and the transaction's bytes are paid for as data of the main network: at most t · ${BLOB_GAS_A_BYTE} blob gas, before compression. With execution at ${PRICES.main} gwei on the main network and ${PRICES.rollup} gwei on a rollup, and blob gas at ${PRICES.blob} gwei:`,
      gasTable(gas, anchorBytes),
    ],
  }
}

function anchorGas(): number {
  const costs = parseCosts(readFileSync(GAS, 'utf8'))
  const gas = costs[ANCHOR]
  if (gas === undefined) throw new Error(`${GAS} does not hold ${ANCHOR}`)
  return gas
}

function parseCosts(text: string): Readonly<Record<string, number>> {
  return JSON.parse(text) as Readonly<Record<string, number>>
}

/** What limits first is what there is least of. */
function carried(rate: number, diskBytes: number): string[][] {
  return [
    ['one anchor a minute, one server, one PostgreSQL', 'formula', 'certificates a year'],
    ['the chain', '525,600 · (2³² − 1)', big(MINUTES_A_YEAR * MOST_OF_A_BATCH)],
    ['issuing without a pause', 'r · 31,536,000', big(rate * SECONDS_A_YEAR)],
    ['issuing in one hour of each day', 'r · 3,600 · 365', big(rate * 3_600 * 365)],
    ['a disk of 4 TB', '4 · 10¹² / (2 s + d)', big(4e12 / diskBytes)],
  ]
}

function loads(rate: number, diskBytes: number, gas: number): string[][] {
  const cells = (of: (one: Case) => string): string[] => CASES.map(of)
  const hours = ({ certificates }: Case): string => {
    const needed = certificates / rate / 3_600
    return needed < 1 ? `${count(needed * 60)} minutes` : `${count(needed)} hours`
  }
  return [
    ['a year', 'formula', ...cells(({ name }) => name)],
    [
      'anchors',
      'N / n',
      ...cells(({ certificates: all, batch }) => `${count(all / batch)} of ${count(batch)}`),
    ],
    [
      'anchors a minute',
      'N / n / 525,600',
      ...cells(({ certificates: all, batch }) => (all / batch / MINUTES_A_YEAR).toFixed(3)),
    ],
    ['issuing, one process', 'N / r', ...cells(hours)],
    ['disk', 'N · (2 s + d)', ...cells(({ certificates }) => terabytes(certificates * diskBytes))],
    ['gas', 'N / n · g', ...cells(({ certificates: all, batch }) => big((all / batch) * gas))],
    [
      'at the price below, main network',
      `· ${PRICES.main} gwei`,
      ...cells(
        ({ certificates: all, batch }) =>
          `${((all / batch) * gas * PRICES.main * 1e-9).toFixed(1)} ether`,
      ),
    ],
    ['what has to be added', '', ...cells(({ added }) => added)],
  ]
}

function gasTable(gas: number, anchorBytes: number): string[][] {
  const sizes = [100, 1_000, 5_000, 1_000_000]
  const row = (n: number): string[] => {
    const rollup = gas * PRICES.rollup + anchorBytes * BLOB_GAS_A_BYTE * PRICES.blob
    return [count(n), ...[gas, gas * PRICES.main, anchorBytes, rollup].map((one) => short(one / n))]
  }
  return [
    [
      'n',
      'gas of a certificate, g / n',
      'main network, gwei',
      'bytes of data on a rollup, t / n',
      'rollup, gwei',
    ],
    ...sizes.map(row),
  ]
}

function big(value: number): string {
  if (value >= 1e12) return `${short(value / 1e12)} trillion`
  if (value >= 1e9) return `${short(value / 1e9)} billion`
  return `${short(value / 1e6)} million`
}

/** Three digits, and no exponent. */
function short(value: number): string {
  return value >= 100 ? count(value) : value.toPrecision(3)
}

function terabytes(bytes: number): string {
  return bytes >= 1e12 ? `${(bytes / 1e12).toFixed(1)} TB` : `${(bytes / 1e9).toFixed(0)} GB`
}
