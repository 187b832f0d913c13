/** `inaltera status`: how the service stands, what waits and why. */

import type { Command } from 'commander'
import type { ServiceStatus } from '../../server/context.ts'
import { EXIT } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { inFolder } from '../folder.ts'
import { printable } from '../printable.ts'
import { commandOf, dataOption, run } from '../program.ts'
import { serviceWordsOf } from '../service-texts.ts'
import type { Terminal } from '../terminal.ts'

export function addStatusReport(program: Command, terminal: Terminal): void {
  commandOf(program, 'status', 'say how the service stands, what waits and why')
    .addOption(dataOption())
    .action((options: { readonly data: string }) => run(() => status(options.data, terminal)))
}

/** Ends with 1 where there is something for a person to look at. */
async function status(folder: string, terminal: Terminal): Promise<Exit> {
  const report = await inFolder(terminal, folder, {}, (context) => context.status())
  if (terminal.json) terminal.answer(report)
  else tell(report, terminal)
  return report.needsAttention ? EXIT.refused : EXIT.done
}

function tell(report: ServiceStatus, terminal: Terminal): void {
  const words = serviceWordsOf(terminal.language).status
  const { say } = terminal
  const { batches, waiting, chain, disk, openErasures } = report
  const counts = Object.entries(batches).filter(([, count]) => count > 0)
  const states: Readonly<Record<string, string>> = words.states
  say(
    `${words.batches}: ${counts.map(([state, n]) => `${n} ${states[state] ?? state}`).join(', ')}`,
  )
  for (const { batchId, state, why, trouble, isWorkedOn, ageSeconds } of waiting) {
    const since =
      trouble === undefined ? '' : ` ${words.troubled(trouble.seconds)} [${trouble.code}]`
    const isLeft = !isWorkedOn && why !== 'not-worked-on' && why !== 'awaiting-approval'
    const left = isLeft ? `; ${words.why['not-worked-on']}` : ''
    const reason = `${words.why[why]}${since}${left}`
    say(`${words.waiting}: ${batchId}, ${words.states[state]}, ${ageSeconds} s: ${reason}`)
  }
  const { isReachable } = chain
  if (!isReachable) say(`${words.chain}: ${words.chainAway} (${printable(chain.error)})`)
  else say(`${words.chain}: ${words.chainAt(chain.head, chain.headAgeSeconds, chain.finalized)}`)
  tellKeys(report, terminal)
  say(`${words.store}: ${report.store}`)
  say(`${words.documents}: ${words.documentsIn[report.documents]}`)
  const space = words.free(sizeOf(disk.free), sizeOf(disk.total))
  say(`${words.disk}: ${space}${disk.isLow ? `, ${words.diskLow}` : ''}`)
  if (openErasures.length > 0) say(words.openErasures(openErasures.join(', ')))
}

function tellKeys({ keys }: ServiceStatus, terminal: Terminal): void {
  const words = serviceWordsOf(terminal.language).status
  for (const { name, address, pending, funds } of keys) {
    const parts = [
      `${words.keys}: ${words.keyNames[name]} ${address}`,
      ...(funds === undefined ? [] : [words.anchorsLeft(funds.anchorsLeft)]),
      ...(pending === 0 ? [] : [words.pending(pending)]),
      ...(funds?.isLow === true ? [words.lowFunds] : []),
      ...(funds?.isFeeAboveCap === true ? [words.feesAboveCap] : []),
    ]
    terminal.say(parts.join(', '))
  }
}

function sizeOf(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`
}
