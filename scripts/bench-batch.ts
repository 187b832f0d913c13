/** A batch as the demo issues it, whose certificates are in memory, on a chain that three providers serve. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { wordsOf } from '../cli/texts.ts'
import { loadDocument } from '../cli/document.ts'
import { initData, openContext } from '../server/context.ts'
import { parseCertificate, parsePolicy, utf8 } from '../src/index.ts'
import type { Certificate, Policy } from '../src/index.ts'

export type Batch = {
  /** Where its server serves; its links lead there. */
  readonly url: string
  readonly links: readonly string[]
  readonly documents: readonly Uint8Array[]
  readonly certificates: readonly Certificate[]
  /** Two of three providers must agree, and what they say be proven. */
  readonly policy: Policy
  close(): Promise<void>
}

const EXAMPLES = join(import.meta.dirname, '..', 'examples')

export async function openBatch(): Promise<Batch> {
  const folder = await mkdtemp(join(tmpdir(), 'inaltera-bench-'))
  const data = join(folder, 'data')
  const passphrase = 'of a bench that is thrown away'
  await initData(data, { passphrase, issuerName: 'Bench', scryptLogN: 10 })
  const context = await openContext(data, { passphrase })
  await context.deploy()
  const { url } = await context.serve()
  const { links } = await context.issue({
    rows: join(EXAMPLES, 'apprenants.csv'),
    template: await readFile(join(EXAMPLES, 'template.json')),
    linkBase: url,
  })
  const documents: Uint8Array[] = []
  for (const { link } of links) documents.push(await loadDocument(link, wordsOf('en')))
  return {
    url,
    links: links.map(({ link }) => link),
    documents,
    certificates: documents.map(parseCertificate),
    policy: policyOf(context.policy, context.rpcUrl),
    close: async () => {
      await context.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The folder's own policy with three providers: one node under three addresses, asked three times. */
function policyOf(own: Uint8Array, url: string): Policy {
  const policy = JSON.parse(Buffer.from(own).toString('utf8')) as { providers: object }
  const [chainId = ''] = Object.keys(policy.providers)
  const providers = { [chainId]: [1, 2, 3].map((n) => `${url}/?provider=${n}`) }
  return parsePolicy(utf8(JSON.stringify({ ...policy, providers, quorum: 2, level: 'proven' })))
}
