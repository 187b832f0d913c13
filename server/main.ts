/** The server as a process: `node server/main.ts`, with `INALTERA_DATA` and, to issue, `INALTERA_PASSPHRASE`. */

import { openContext } from './context.ts'

const passphrase = process.env['INALTERA_PASSPHRASE']
const context = await openContext(process.env['INALTERA_DATA'] ?? './inaltera-data', {
  ...(passphrase === undefined ? {} : { passphrase }),
  log: (line) => process.stdout.write(`${line}\n`),
})
const { url } = await context.serve()
process.stdout.write(`${JSON.stringify({ msg: 'listening', url })}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void context.close()
  })
}
