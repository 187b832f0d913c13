/** Verifies what stands in a file, in a process that did nothing else before, and tells the rates: `verifying.ts <file> <rounds>`. */
import { readFileSync } from 'node:fs'
import { hashWithNode } from '../node/sha256.ts'
import { verifyRounds } from './subject.ts'
import type { Served } from './subject.ts'

const [, , file = '', rounds] = process.argv
hashWithNode()
const served = JSON.parse(readFileSync(file, 'utf8')) as Served
process.stdout.write(`${JSON.stringify(verifyRounds(served, Number(rounds)))}\n`)
