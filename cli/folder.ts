/** Work in a data folder: the service is loaded, the folder opened, and whatever was started is stopped again. */

import type { Context, OpenOptions } from '../server/context.ts'
import { readPassphrase } from './passphrase.ts'
import type { PassphraseOptions } from './passphrase.ts'
import { printable } from './printable.ts'
import { refusalOf } from './refusals.ts'
import type { Terminal } from './terminal.ts'

/** What the options of every command in a data folder give. */
export type FolderOptions = PassphraseOptions & { readonly data: string }

type Service = typeof import('../server/context.ts')

/** Does `work` with the service itself, before there is a folder. */
export async function withService<T>(
  terminal: Terminal,
  folder: string,
  work: (service: Service) => Promise<T>,
): Promise<T> {
  const service = await import('../server/context.ts')
  try {
    return await work(service)
  } catch (error) {
    throw refusalOf(error, service, terminal.language, folder)
  }
}

/** Does `work` in an open folder, without its keys. */
export function inFolder<T>(
  terminal: Terminal,
  folder: string,
  options: OpenOptions,
  work: (context: Context) => Promise<T>,
): Promise<T> {
  return withService(terminal, folder, async ({ openContext }) => {
    const context = await openContext(folder, options)
    try {
      return await work(context)
    } finally {
      await context.close()
    }
  })
}

/** Keeps the chain of a folder up until it is called again. Where it does not start, the verdict says what is missing. */
export async function holdChain(folder: string, terminal: Terminal): Promise<() => Promise<void>> {
  try {
    const { openContext } = await import('../server/context.ts')
    const context = await openContext(folder)
    return () => context.close()
  } catch (error) {
    terminal.note(`! ${printable(error instanceof Error ? error.message : String(error))}`)
    return () => Promise.resolve()
  }
}

/** Does `work` in an open folder, with its keys. */
export async function withKeys<T>(
  terminal: Terminal,
  options: FolderOptions,
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const passphrase = await readPassphrase(options, terminal)
  return inFolder(terminal, options.data, { passphrase }, work)
}
