import type {
  IssueStep,
  IssuingCode,
  KeystoreCode,
  RowCode,
  RowWarning,
} from '../../server/context.ts'

/** What the commands of an issuer say: init, deploy, issue, links, revoke, suspend, reinstate, erase, serve. */
export interface IssuerWords {
  readonly steps: Readonly<Record<IssueStep, string>>
  readonly rows: Readonly<Record<RowCode, string>>
  readonly warnings: Readonly<Record<RowWarning['code'], string>>
  readonly keystore: Readonly<Record<KeystoreCode, string>>
  readonly issuing: Readonly<Record<IssuingCode, string>>
  readonly passphrase: PassphraseWords
  readonly init: InitWords
  readonly issuer: { readonly added: string; readonly next: string }
  readonly key: KeyWords
  readonly backup: BackupWords
  readonly issue: IssueWords
  readonly status: StatusWords
  readonly serve: ServeWords
  readonly mail: MailWords
  readonly askCode: string
  readonly noCode: string
  readonly recovered: string
  readonly deployed: string
  readonly wasDeployed: string
  readonly noFolder: (folder: string) => string
  readonly folderExists: (folder: string) => string
  readonly development: string
  readonly damagedFolder: (folder: string) => string
  readonly badConfig: (member: string) => string
}

export interface KeyWords {
  readonly noLabel: string
  readonly badDays: string
  readonly badScope: (all: string) => string
  readonly created: string
  readonly none: string
  readonly until: (moment: string) => string
  readonly revokedAt: (moment: string) => string
  readonly revoked: string
  readonly unknown: string
}

export interface PassphraseWords {
  readonly ask: string
  readonly askAgain: string
  readonly askNew: string
  readonly differ: string
  readonly missing: string
  readonly newMissing: string
  readonly changed: (files: number) => string
}

export interface InitWords {
  readonly nameMissing: string
  readonly rpcNeedsNetwork: string
  readonly done: string
  readonly account: string
  readonly anchorKey: string
  readonly statusKey: string
  readonly registry: string
  readonly policy: string
  readonly recoveryFile: string
  readonly recoveryCode: string
  readonly keepApart: string
  /** On a chain that is not the folder's own, transactions cost. */
  readonly fund: string
  readonly next: string
}

export interface BackupWords {
  readonly copied: (folder: string) => string
  readonly databaseApart: string
  readonly restored: (folder: string, erasures: number) => string
  readonly rotated: (version: number) => string
}

export interface IssueWords {
  readonly nothingIssued: string
  readonly andMore: (count: number) => string
  readonly row: (row: number | string) => string
  readonly column: (name: string) => string
  readonly alreadyIn: (row: number) => string
  readonly allRows: string
  readonly permanentWarning: string
  readonly badLinkBase: (base: string) => string
  readonly permanentNeedsFile: string
  readonly permanentDone: string
  readonly repeated: string
  readonly issued: (size: number) => string
  readonly batch: string
  readonly root: string
  readonly anchored: string
  readonly links: string
  readonly linksAreSecret: string
  /** Where the links of some certificates are gone. */
  readonly linksLeft: (links: number, size: number) => string
}

export interface StatusWords {
  readonly confirm: Readonly<Record<'revoke' | 'suspend' | 'erase' | 'revoke-batch', string>>
  readonly notConfirmed: string
  readonly whichOne: string
  readonly oneOnly: string
  readonly badIndex: (text: string) => string
  readonly otherHome: (theirs: string, ours: string) => string
  readonly otherIssuer: (theirs: string, ours: string) => string
  readonly done: Readonly<Record<'revoke' | 'suspend' | 'reinstate' | 'revoke-batch', string>>
  /** When verifiers see what was done. */
  readonly shows: string
  readonly already: string
  readonly certificates: (indexes: string, root: string) => string
  readonly erased: (cid: string, at: string) => string
  readonly outOfReach: string
  readonly damaged: (cid: string) => string
  readonly resealed: (cid: string) => string
  readonly newLinkMailed: string
}

export interface ServeWords {
  readonly at: (url: string) => string
  readonly stop: string
  readonly noPassphrase: string
  readonly stopping: string
}

export interface MailWords {
  readonly sent: (accepted: number, waiting: number) => string
  readonly refused: (index: number, code: number | undefined) => string
}
