/** Writes the rows of `bench/issuing.ts`, in a process of its own: `rows-file.ts <rows> <file>`. */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sampleRow } from './sample.ts'

function* linesOf(size: number): Generator<string> {
  yield `${[...sampleRow(0).keys()].join(';')}\n`
  for (let at = 0; at < size; at += 1) yield `${[...sampleRow(at).values()].join(';')}\n`
}

const [, , size, path = ''] = process.argv
await pipeline(Readable.from(linesOf(Number(size))), createWriteStream(path))
