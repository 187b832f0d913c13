/** The command `inaltera`: everything that an issuer, a holder and a verifier do at a terminal. */

import { everyCommand } from './commands.ts'
import { runProgram } from './program.ts'
import { terminalOf } from './terminal.ts'

const args = process.argv.slice(2)
const terminal = terminalOf(args, process.env)
await runProgram(everyCommand(terminal), args, terminal)
