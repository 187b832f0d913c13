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
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void context.close()
  })
}
