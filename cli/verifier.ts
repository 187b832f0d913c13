/** The command of the published package: verifies, discloses and lints; needs no server and no chain of its own. */

import { addDisclose } from './commands/disclose.ts'
import { addEvidence } from './commands/evidence.ts'
import { addLint } from './commands/lint.ts'
import { addVerify } from './commands/verify.ts'
import { programOf, runProgram } from './program.ts'
import { terminalOf } from './terminal.ts'

const args = process.argv.slice(2)
const terminal = terminalOf(args, process.env)
const program = programOf('Verifies certificates anchored by Inaltera, trusting no server.')
addVerify(program, terminal)
addEvidence(program, terminal)
addDisclose(program, terminal)
addLint(program, terminal)
await runProgram(program, args, terminal)
