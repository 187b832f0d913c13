/**
 * One measurement in a process of its own, so that neither memory nor compiled code of another is in it:
 * `measure.ts <name> <items>` prints `{ms, rssMiB}` of the better of two runs, the first of which warms up.
 */
import { MEASURES } from './measures.ts'

const [, , name = '', items = ''] = process.argv
const measure = MEASURES[name]
if (measure === undefined) throw new Error(`no measure ${name}`)
const work = await measure(Number(items))
let ms = Infinity
for (let run = 0; run < 2; run += 1) {
  const since = performance.now()
  await work()
  ms = Math.min(ms, performance.now() - since)
}
// In KiB on Linux: the most that the process ever held.
const rssMiB = process.resourceUsage().maxRSS / 1024
process.stdout.write(`${JSON.stringify({ ms, rssMiB })}\n`)
