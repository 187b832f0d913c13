/** Every command of `inaltera`, in the order of its help. */

import type { Command } from 'commander'
import { addAuditLog } from './commands/audit-log.ts'
import { addBackup } from './commands/backup.ts'
import { addDeploy } from './commands/deploy.ts'
import { addDisclose } from './commands/disclose.ts'
import { addEvidence } from './commands/evidence.ts'
import { addErase } from './commands/erase.ts'
import { addFind } from './commands/find.ts'
import { addFsck } from './commands/fsck.ts'
import { addInit } from './commands/init.ts'
import { addIssue } from './commands/issue.ts'
import { addIssuers } from './commands/issuer.ts'
import { addKeys } from './commands/key.ts'
import { addLinks } from './commands/links.ts'
import { addLint } from './commands/lint.ts'
import { addPassphrase } from './commands/passphrase.ts'
import { addRecover } from './commands/recover.ts'
import { addReseal } from './commands/reseal.ts'
import { addSend } from './commands/send.ts'
import { addServe } from './commands/serve.ts'
import { addStatusReport } from './commands/status-report.ts'
import { addStatusChanges } from './commands/status.ts'
import { addVerify } from './commands/verify.ts'
import { holdChain } from './folder.ts'
import { programOf } from './program.ts'
import type { Terminal } from './terminal.ts'

export function everyCommand(terminal: Terminal): Command {
  const program = programOf('Issues and verifies certificates anchored on a blockchain.')
  addInit(program, terminal)
  addLint(program, terminal)
  addDeploy(program, terminal)
  addIssuers(program, terminal)
  addIssue(program, terminal)
  addLinks(program, terminal)
  addKeys(program, terminal)
  addVerify(program, terminal, holdChain)
  addEvidence(program, terminal, holdChain)
  addDisclose(program, terminal)
  addStatusChanges(program, terminal)
  addErase(program, terminal)
  addReseal(program, terminal)
  addSend(program, terminal)
  addRecover(program, terminal)
  addPassphrase(program, terminal)
  addBackup(program, terminal)
  addServe(program, terminal)
  addStatusReport(program, terminal)
  addFsck(program, terminal)
  addFind(program, terminal)
  addAuditLog(program, terminal)
  return program
}
