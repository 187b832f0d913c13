/** `inaltera links`: the links of a batch once more, for a file that was lost or a batch that another process ended. */

import type { Command } from 'commander'
import type { Exit } from '../failure.ts'
import { withKeys } from '../folder.ts'
import type { FolderOptions } from '../folder.ts'
import { handOut, refuseExisting } from '../links-file.ts'
import { passphraseOption } from '../passphrase.ts'
import { commandOf, dataOption, run } from '../program.ts'
import type { Terminal } from '../terminal.ts'

type Options = FolderOptions & { readonly output?: string; readonly again?: boolean }

export function addLinks(program: Command, terminal: Terminal): void {
  commandOf(program, 'links', 'write the links of a batch again')
    .argument('<batch>', 'its id, as issue told it')
    .option('-o, --output <file>', 'where the links go (CSV); - for standard output')
    .option('--again', 'although they were written to a file before; the audit log says so')
    .addOption(passphraseOption())
    .addOption(dataOption())
    .action((batch: string, options: Options) => run(() => links(batch, options, terminal)))
}

async function links(batch: string, options: Options, terminal: Terminal): Promise<Exit> {
  const { output, again } = options
  if (output !== undefined) await refuseExisting(output, terminal.words)
  return withKeys(terminal, options, async (context) => {
    const issued = await context.issuedBatch(batch)
    return handOut(terminal, context, issued, { output, again, isPermanent: false })
  })
}
