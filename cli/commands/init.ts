/** `inaltera init`: a new data folder with its keys, its chain and its policy. */

import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import type { InitOptions, InitReport } from '../../server/context.ts'
import { tellFacts } from '../facts.ts'
import { EXIT, usage } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { withService } from '../folder.ts'
import type { FolderOptions } from '../folder.ts'
import { issuerWordsOf } from '../issuer-texts.ts'
import { passphraseOption, readPassphrase } from '../passphrase.ts'
import { printable } from '../printable.ts'
import { commandOf, dataOption, run } from '../program.ts'
import type { Terminal } from '../terminal.ts'

type Network = 'main' | 'test' | 'local'
type Options = FolderOptions & {
  readonly name?: string
  readonly rpc?: string
  readonly network?: Network
  readonly store?: string
  readonly documents?: string
  readonly host?: string
  readonly port?: number
  readonly publicUrl?: string
}

const NETWORKS: readonly Network[] = ['main', 'test', 'local']

export function addInit(program: Command, terminal: Terminal): void {
  commandOf(program, 'init', 'make a data folder: keys, recovery file, chain and policy')
    .option('--name <organisation>', 'the issuing organisation, as verdicts call it')
    .option('--rpc <url>', 'JSON-RPC of the chain; by default a chain of this folder alone')
    .addOption(new Option('--network <kind>', 'what chain --rpc leads to').choices(NETWORKS))
    .option('--store <url>', 'a PostgreSQL database (default: SQLite in the folder)')
    .option('--documents <url>', 'the RPC of a Kubo for the documents (default: disk)')
    .option('--host <address>', 'where the server listens (default: 127.0.0.1)')
    .option('--port <number>', 'its port (default: a free one, chosen now)', parsePort)
    .option('--public-url <url>', 'where learners reach it, for their links')
    .addOption(passphraseOption())
    .addOption(dataOption())
    .action((options: Options) => run(() => init(options, terminal)))
}

export function parsePort(text: string): number {
  const port = Number(text)
  if (/^[0-9]{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port
  throw new InvalidArgumentError('a port is a number from 1 to 65535')
}

async function init(options: Options, terminal: Terminal): Promise<Exit> {
  const words = issuerWordsOf(terminal.language).init
  const { name, rpc, network, store, documents, host, port, publicUrl } = options
  if (name === undefined || name.trim() === '') throw usage('no-name', words.nameMissing)
  if ((rpc === undefined) !== (network === undefined)) {
    throw usage('rpc-and-network', words.rpcNeedsNetwork)
  }
  const passphrase = await readPassphrase(options, terminal, true)
  const wanted: InitOptions = {
    passphrase,
    issuerName: name,
    ...(rpc === undefined || network === undefined
      ? {}
      : { chain: { kind: 'rpc', url: rpc, network } }),
    ...(store === undefined ? {} : { store: { kind: 'postgres', url: store } }),
    ...(documents === undefined ? {} : { documents: { kind: 'kubo', url: documents } }),
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
  }
  const report = await withService(terminal, options.data, ({ initData }) =>
    initData(options.data, wanted),
  )
  if (terminal.json) terminal.answer(report)
  else tell(report, rpc !== undefined, terminal)
  return EXIT.done
}

function tell(report: InitReport, isRemote: boolean, terminal: Terminal): void {
  const words = issuerWordsOf(terminal.language).init
  const { say, note, paint } = terminal
  say(`${words.done} ${printable(report.folder)}`)
  say('')
  const facts = [
    [words.account, report.account],
    [words.anchorKey, report.operators.anchor],
    [words.statusKey, report.operators.status],
    [words.registry, report.home],
    [words.policy, report.policyFile],
    [words.recoveryFile, report.recoveryFile],
    [words.recoveryCode, report.recoveryCode],
  ] as const
  tellFacts(facts, words.recoveryCode, terminal)
  say('')
  note(paint('yellow', words.keepApart))
  if (isRemote) note(words.fund)
  note(words.next)
}
