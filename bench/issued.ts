/** Issuing from rows to links at several sizes, each run a process of its own; stages beside the plain loops they are made of. */
import { availableParallelism } from 'node:os'
import { tellingOf, UnfinishedError } from './child.ts'
import type { Told } from './child.ts'
import type { Issuing } from './issuing.ts'
import { exponentOf, median } from './run.ts'
import type { Limits } from './run.ts'

export type Issued = {
  readonly figures: readonly IssuedFigure[]
  /** Of time = a · size^b, over all sizes and over those from 10,000 on. */
  readonly exponent: number | undefined
  /** Of the largest size that was done. */
  readonly stages: readonly StageRow[]
}

/** The run in the middle, and the times of all; undefined where none ended. */
export type IssuedFigure = {
  readonly size: number
  readonly ms: number | undefined
  readonly runs: readonly number[]
  readonly run?: Issuing
  readonly why?: string
}

/** Microseconds of a certificate. */
export type StageRow = {
  readonly step: string
  readonly us: number
  readonly cpuUs: number
  /** What the plain loops would take with every core at work; undefined where it is not computing that takes the time. */
  readonly plainUs: number | undefined
  readonly primitives: string
  readonly limit: string
}

/** Where anchor and rest of the chain take as long however many certificates there are. */
const STEADY = 10_000

export async function issuedFigures(sizes: readonly number[], limits: Limits): Promise<Issued> {
  const figures: IssuedFigure[] = []
  for (const size of sizes) {
    process.stderr.write(`issuing ${size.toLocaleString('en')} rows\n`)
    const figure = await figureOf(size, limits)
    figures.push(figure)
    if (figure.ms === undefined) break
  }
  const largest = figures.findLast(({ run }) => run !== undefined)?.run
  return {
    figures,
    exponent: exponentOf(figures.filter(({ size }) => size >= STEADY)),
    stages: largest === undefined ? [] : stagesOf(largest),
  }
}

async function figureOf(size: number, { runs, budgetMs, limitMs }: Limits): Promise<IssuedFigure> {
  const done: Issuing[] = []
  const since = performance.now()
  while (done.length < runs && performance.now() - since < budgetMs) {
    try {
      done.push(parseIssuing(await tellingOf('issuing.ts', [String(size)], limitMs)))
    } catch (error) {
      if (!(error instanceof UnfinishedError)) throw error
      process.stderr.write(`  ${error.message}\n`)
      return { size, ms: undefined, runs: done.map(({ ms }) => ms), why: error.message }
    }
  }
  const times = done.map(({ ms }) => ms)
  const ms = median(times)
  const run = done.find((one) => one.ms === ms)
  return { size, ms, runs: times, ...(run === undefined ? {} : { run }) }
}

/** What `issuing.ts` prints. */
function parseIssuing(told: Told): Issuing {
  return told as unknown as Issuing
}

type Made = { readonly of: Readonly<Record<string, number>>; readonly limit: string }

/** How often each stage does what, for one certificate. */
const STAGES: Readonly<Record<string, Made>> = {
  read: {
    of: {
      'CSV row': 1,
      'JSON printed, credential': 1,
      'SHA-256, credential': 1,
      'AES-256-GCM, credential': 1,
      'row inserted': 1,
      'search tags inserted': 1,
    },
    limit:
      'cells become credentials, are printed, read again and committed to; one thread takes the file apart, makes the tags and writes the store',
  },
  seal: {
    of: {
      'Keccak-256 of a pair': 3,
      'path copied': 1,
      'AES-256-GCM, credential': 1,
      'AES-256-GCM, sealed': 1,
      'SHA-256, sealed': 1,
      'sealed written': 2,
      'row inserted': 1,
    },
    limit: 'each certificate has keys of its own, and is written twice, each time forced to disk',
  },
  store: {
    of: {},
    limit:
      'the manifest: a CID for each; the second copy, written while sealing, is forced to disk',
  },
  prove: {
    of: {
      'sealed read': 2,
      'SHA-256, sealed': 1,
      'AES-256-GCM, sealed': 1,
      'SHA-256, credential': 1,
      'Keccak-256 of a pair': 3,
      'path copied': 1,
    },
    limit: 'each certificate has keys of its own and is taken apart byte by byte',
  },
  anchor: { of: {}, limit: 'the chain: a transaction is signed, sent and mined' },
  final: {
    of: {},
    limit: 'the chain: blocks until the anchor is final; then one transaction in the store',
  },
  links: { of: { 'SHA-256, credential': 1 }, limit: 'a secret and a text for each' },
}

function stagesOf({ size, stages, primitives }: Issuing): StageRow[] {
  return stages.map(({ step, ms, cpuMs }) => {
    const { of, limit } = STAGES[step] ?? { of: {}, limit: '' }
    const parts = Object.entries(of)
    const plain = parts.reduce((sum, [name, times]) => sum + times * (primitives[name] ?? NaN), 0)
    return {
      step,
      us: (1000 * ms) / size,
      cpuUs: (1000 * cpuMs) / size,
      plainUs: parts.length === 0 ? undefined : plain / availableParallelism(),
      primitives: parts
        .map(([name, times]) => (times === 1 ? name : `${times} × ${name}`))
        .join(' + '),
      limit,
    }
  })
}
