/**
 * The server as a process: `node server/main.ts`, with `INALTERA_DATA`, to issue `INALTERA_PASSPHRASE`, and
 * `INALTERA_PRODUCTION=1` to refuse what is for trying things out.
 */

import { openContext } from './context.ts'

const passphrase = process.env['INALTERA_PASSPHRASE']
const context = await openContext(process.env['INALTERA_DATA'] ?? './inaltera-data', {
  ...(passphrase === undefined ? {} : { passphrase }),
  production: process.env['INALTERA_PRODUCTION'] === '1',
  log: (line) => process.stdout.write(`${line}\n`),
})
const { url } = await context.serve()
process.stdout.write(`${JSON.stringify({ msg: 'listening', url })}\n`)

/** Longer than the server drains: whatever hangs then is cut, and the next process continues it. */
const END_MS = 28_000
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Ends what is under way and exits with 0. A second signal ends the process at once, as it would without us. */
function end(): void {
  for (const signal of SIGNALS) process.removeListener(signal, end)
  setTimeout(() => process.exit(1), END_MS).unref()
  void context.close().then(() => process.exit(0))
}
for (const signal of SIGNALS) process.once(signal, end)
