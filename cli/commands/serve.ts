/** `inaltera serve`: the server of a data folder, until it is told to stop. */

import type { Command } from 'commander'
import { EXIT } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { inFolder } from '../folder.ts'
import type { FolderOptions } from '../folder.ts'
import { issuerWordsOf } from '../issuer-texts.ts'
import { givenPassphrase, passphraseOption } from '../passphrase.ts'
import { commandOf, dataOption, run } from '../program.ts'
import type { Terminal } from '../terminal.ts'
import { parsePort } from './init.ts'

type Options = FolderOptions & {
  readonly host?: string
  readonly port?: number
  readonly production?: boolean
}

export function addServe(program: Command, terminal: Terminal): void {
  commandOf(program, 'serve', 'serve documents, server keys and verdicts over HTTP')
    .option('--host <address>', 'where to listen (default: as configured)')
    .option('--port <number>', 'its port (default: as configured)', parsePort)
    .option('--production', 'refuse settings that are for trying things out')
    .addOption(passphraseOption())
    .addOption(dataOption())
    .action((options: Options) => run(() => serve(options, terminal)))
}

async function serve(options: Options, terminal: Terminal): Promise<Exit> {
  const words = issuerWordsOf(terminal.language).serve
  const { host, port } = options
  const passphrase = await givenPassphrase(options, terminal)
  const open = {
    log: terminal.note,
    production: options.production === true,
    ...(passphrase === undefined ? {} : { passphrase }),
  }
  return inFolder(terminal, options.data, open, async (context) => {
    if (passphrase === undefined) terminal.note(words.noPassphrase)
    const { url } = await context.serve({
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port }),
    })
    if (terminal.json) terminal.answer({ url })
    else terminal.say(`${words.at(url)} (${words.stop})`)
    await toldToStop()
    terminal.note(words.stopping)
    return EXIT.done
  })
}

/** SIGINT or SIGTERM. A second one ends the process at once, as it would have without us. */
function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    const signals = ['SIGINT', 'SIGTERM'] as const
    const stop = (): void => {
      for (const signal of signals) process.removeListener(signal, stop)
      resolve()
    }
    for (const signal of signals) process.once(signal, stop)
  })
}
