/**
 * One measurement in a process of its own, so that neither memory nor compiled code of another is in it:
 * `measure.ts <name> <items>` prints `{ms, rssMiB}` of the better of two rounds, the first of which warms up; one that
 * takes long needs no warming up and is not done twice. Until then it tells every second how far it came.
 */
import { writeSync } from 'node:fs'
import { MEASURES } from './measures.ts'

const LONG_MS = 10_000
const STDOUT = 1

const [, , name = '', items = ''] = process.argv
const measure = MEASURES[name]
if (measure === undefined) throw new Error(`no measure ${name}`)
const work = await measure(Number(items))
let told = performance.now()
const tell = (step: string, done: number): void => {
  if (done % 64 !== 0 || performance.now() - told < 1000) return
  told = performance.now()
  const came = `${step}: ${done.toLocaleString('en')} of ${Number(items).toLocaleString('en')}`
  writeSync(STDOUT, `${JSON.stringify({ came })}\n`)
}
writeSync(STDOUT, `${JSON.stringify({ came: 'its first call had not returned' })}\n`)
let ms = Infinity
for (let round = 0; round < 2; round += 1) {
  const since = performance.now()
  await work(tell)
  ms = Math.min(ms, performance.now() - since)
  if (ms > LONG_MS) break
}
// In KiB on Linux: the most that the process ever held.
const rssMiB = process.resourceUsage().maxRSS / 1024
writeSync(STDOUT, `${JSON.stringify({ ms, rssMiB })}\n`)
// Threads that have nothing to do any more would keep it waiting.
process.exit(0)
