import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { initData, openContext } from '../../server/context.ts'
import type { Context, InitOptions, InitReport, OpenOptions } from '../../server/context.ts'

export const PASSPHRASE = 'a passphrase of tests'
const example = (name: string): string => join(import.meta.dirname, '..', '..', 'examples', name)
export const EXAMPLE_ROWS = example('apprenants.csv')
export const exampleTemplate = async (): Promise<Uint8Array> =>
  new Uint8Array(await readFile(example('template.json')))

/** A data folder with a chain of its own, and the context that a process would open on it. */
export type DataFolder = {
  readonly folder: string
  readonly init: InitReport
  open(options?: OpenOptions): Promise<Context>
  /** Closes what is open and deletes the folder. */
  remove(): Promise<void>
}

export async function newDataFolder(more: Partial<InitOptions> = {}): Promise<DataFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'inaltera-data-'))
  const init = await initData(folder, {
    passphrase: PASSPHRASE,
    issuerName: 'Organisme d’essai',
    scryptLogN: 10,
    ...more,
  })
  const opened: Context[] = []
  return {
    folder,
    init,
    open: async (options = { passphrase: PASSPHRASE }) => {
      const context = await openContext(folder, options)
      opened.push(context)
      return context
    },
    remove: async () => {
      for (const context of opened) await context.close()
      await rm(folder, { recursive: true, maxRetries: 5 })
    },
  }
}

/** Adds members to the configuration of a folder that nobody has open. */
export async function configure(
  folder: string,
  more: Readonly<Record<string, unknown>>,
): Promise<void> {
  const path = join(folder, 'inaltera.json')
  const config: unknown = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify({ ...Object(config), ...more }))
}
