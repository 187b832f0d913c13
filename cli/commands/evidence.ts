/** `inaltera evidence`: certificate and proofs from the chain in one file, to be judged when the chain is out of reach. */

import type { Command } from 'commander'
import { bundleOf, parseDocument } from '../../src/index.ts'
import type { Evidence, Verdict } from '../../src/index.ts'
import { contextsOf } from '../contexts.ts'
import { loadDocument } from '../document.ts'
import { EXIT, Failure, reading } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { readBytes, writeBytes } from '../files.ts'
import { findPolicy, noPolicy } from '../policy.ts'
import { printable } from '../printable.ts'
import { commandOf, dataOption, run } from '../program.ts'
import type { Terminal } from '../terminal.ts'
import { judge } from '../verification.ts'
import type { HoldChain } from './verify.ts'

type Options = {
  readonly data: string
  readonly output: string
  readonly policy?: string
  readonly profile?: string
}

export function addEvidence(program: Command, terminal: Terminal, holdChain?: HoldChain): void {
  commandOf(program, 'evidence', 'keep a certificate and what the chain proves of it in one file')
    .argument('<file|link>', 'certificate or evidence bundle, - for standard input, or holder link')
    .requiredOption('-o, --output <file>', 'where to write the evidence bundle')
    .option('--policy <file>', 'whose providers to ask; by default the policy of the data folder')
    .option('--profile <file>', "the issuer's profile, for an issuer named by something else")
    .addOption(dataOption())
    .action((target: string, options: Options) =>
      run(() => makeBundle(target, options, terminal, holdChain)),
    )
}

async function makeBundle(
  target: string,
  options: Options,
  terminal: Terminal,
  holdChain: HoldChain | undefined,
): Promise<Exit> {
  const { words } = terminal
  const found = await findPolicy(options.policy, options.data, words)
  if (found === undefined) throw noPolicy(options.data, words)
  const { certificate } = await reading(target, words, async () =>
    parseDocument(await loadDocument(target, words)),
  )
  const path = options.profile
  const profile = path === undefined ? undefined : await readBytes(path, words)
  const letGo = found.folder === undefined ? undefined : await holdChain?.(found.folder, terminal)
  try {
    const { verdict, evidence } = await judge(certificate, found.policy, { profile })
    const bundle = bundleOf(certificate, evidence, await contextsOf(certificate))
    if (bundle === undefined) throw noProof(evidence, terminal)
    await writeBytes(options.output, bundle, words)
    tell(terminal, { file: options.output, bytes: bundle.length, verdict })
    return EXIT.done
  } finally {
    await letGo?.()
  }
}

/** Why there is no bundle: who was asked, and what each said. */
function noProof({ chain }: Evidence, { words }: Terminal): Failure {
  const lines = chain.providers.map(
    ({ provider, outcome, detail }) =>
      `  ${printable(provider)}: ${outcome}${detail === undefined ? '' : `, ${printable(detail)}`}`,
  )
  const message = [words.noProof, ...lines].join('\n')
  return new Failure(EXIT.undetermined, 'no-proof', message, { providers: chain.providers })
}

type Made = { readonly file: string; readonly bytes: number; readonly verdict: Verdict }

/** Says what to pin: whoever judges the file later needs a policy that vouches for this block. */
function tell({ json, words, answer, say }: Terminal, { file, bytes, verdict }: Made): void {
  const { outcome, block } = verdict
  const checkpoint = block === null ? null : { number: block.number, hash: block.hash }
  if (json) {
    answer({ file, bytes, checkpoint, outcome })
    return
  }
  say(words.saved(printable(file)))
  say(words.bundleSays(words.catalogue.outcomes[outcome]))
  say(words.checkpoint)
  say(`  ${JSON.stringify(checkpoint)}`)
}
