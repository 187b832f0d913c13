/**
 * The only place that constructs: one data folder becomes one `Context`, whose operations the CLI, the routes and the
 * demo share.
 */

import type {
  BatchRequest,
  DeployReport,
  EraseReport,
  EraseRequest,
  IssueReport,
  IssueRequest,
  ResumeReport,
  StatusReport,
  StatusRequest,
} from './issuance/types.ts'

export type {
  BatchRequest,
  BatchState,
  BatchTarget,
  DeployReport,
  EraseReport,
  EraseRequest,
  IssuedLink,
  IssueReport,
  IssueRequest,
  IssueStep,
  Learner,
  Progress,
  ResumeReport,
  RowWarning,
  StatusReport,
  StatusRequest,
  StatusTarget,
} from './issuance/types.ts'

export type InitOptions = {
  /** Encrypts the keys of this folder; at least 8 characters. */
  readonly passphrase: string
  /** What verdicts by the folder's own policy call the issuer. */
  readonly issuerName: string
  /** Default: an embedded chain on a free port. */
  readonly chain?:
    | { readonly kind: 'embedded'; readonly port?: number }
    | { readonly kind: 'rpc'; readonly url: string; readonly network: 'main' | 'test' | 'local' }
  /** Where `serve` listens; port 0 or none: a free one, chosen now. */
  readonly host?: string
  readonly port?: number
  /** Where learners reach the server, for holder links; default `http://<host>:<port>`. */
  readonly publicUrl?: string
  /** log2 of scrypt's N for the key files, 10…20; tests take less than the default 17. */
  readonly scryptLogN?: number
}

export type InitReport = {
  readonly folder: string
  /** CAIP-10. */
  readonly account: string
  readonly issuer: string
  readonly operators: { readonly anchor: string; readonly status: string }
  readonly home: string
  readonly genesis: string
  readonly policyFile: string
  readonly recoveryFile: string
  /** Opens the recovery file; shown once, written nowhere. */
  readonly recoveryCode: string
  readonly publicUrl: string
}

export type OpenOptions = {
  /** Opens the key files; without it the context can serve and verify, not issue or erase nor change a status. */
  readonly passphrase?: string
  /** For log lines of `serve`, one JSON object a line; default: none. */
  readonly log?: (line: string) => void
}

export type Served = {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  close(): Promise<void>
}

export type Context = {
  readonly folder: string
  /** `eip155:<chain>:0x<registry>` */
  readonly home: string
  /** CAIP-10 of the issuer. */
  readonly account: string
  /** JSON-RPC of the chain in use. */
  readonly rpcUrl: string
  readonly publicUrl: string
  /** The policy of this folder as bytes (`policy.json`). */
  readonly policy: Uint8Array
  deploy(): Promise<DeployReport>
  issue(request: IssueRequest): Promise<IssueReport>
  /** The links of an anchored batch, derived anew. */
  linksOf(batchId: string): Promise<IssueReport>
  revoke(request: StatusRequest): Promise<StatusReport>
  revokeBatch(request: BatchRequest): Promise<StatusReport>
  suspend(request: StatusRequest): Promise<StatusReport>
  reinstate(request: StatusRequest): Promise<StatusReport>
  erase(request: EraseRequest): Promise<EraseReport>
  /** Continues every unfinished batch; `openContext` does not do it by itself, `issue` and `serve` do. */
  resume(): Promise<ResumeReport>
  serve(options?: { readonly port?: number; readonly host?: string }): Promise<Served>
  /** Stops what this context started: server, store, and the embedded chain if it owns it. */
  close(): Promise<void>
}

/** Writes a new data folder: keys, recovery file, configuration, policy. Refuses a folder that has one. */
export declare function initData(folder: string, options: InitOptions): Promise<InitReport>

/** Opens a data folder. Throws `ConfigError`, `KeystoreError` or `UnavailableError`. */
export declare function openContext(folder: string, options?: OpenOptions): Promise<Context>

/** Writes the master key anew from the recovery file, under the folder's passphrase. */
export declare function recoverMasterKey(
  folder: string,
  options: {
    readonly recoveryFile: string
    readonly recoveryCode: string
    readonly passphrase: string
  },
): Promise<void>
