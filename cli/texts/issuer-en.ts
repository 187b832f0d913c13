import type { IssuerWords } from './issuer-words.ts'

export const issuerEn: IssuerWords = {
  steps: {
    read: 'rows read',
    seal: 'certificates sealed',
    store: 'documents stored',
    prove: 'certificates read back and proven',
    anchor: 'root anchored',
    final: 'anchor final',
  },
  rows: {
    'not-utf8': 'the file is not UTF-8 text',
    'not-csv': 'the file is not well-formed CSV',
    'not-xlsx': 'the file is not a well-formed XLSX workbook',
    'unpacked-too-large': 'the workbook is too large when unpacked',
    'file-too-large': 'the file is too large',
    'line-too-long': 'the line is too long',
    'cell-too-long': 'the cell is too long',
    'too-many-rows': 'too many rows',
    'too-many-columns': 'too many columns',
    'not-json': 'this is not JSON as it is read here',
    'no-rows': 'there is no row below the header',
    'no-header': 'there is no header',
    'empty-column-name': 'a column has no name',
    'forbidden-column': 'a column has a name that is not allowed',
    'duplicate-column': 'the column stands twice',
    'missing-column': 'the column is missing',
    'unexpected-column': 'the column has no place here',
    'cell-count': 'the row has another number of cells than the header',
    'control-character': 'the cell holds a control character',
    'bad-cell': 'the cell cannot be read',
    'bare-quote':
      'a quotation mark stands inside the cell: write it twice, and the cell in quotation marks',
    'bad-value': 'the cell is not what the template wants',
    'duplicate-learner': 'the same identifier or e-mail address (--allow-duplicates permits it)',
  },
  warnings: {
    'equal-names': 'equal names; make sure that these are different people',
    'earlier-certificate': 'an earlier batch certifies the same of this learner',
    'invisible-characters':
      'cells hold characters that nobody sees (zero width, marks of direction); they are issued as they stand',
    'cells-normalised': 'cells were trimmed or brought to Unicode NFC',
    'column-ignored': 'the template does not use this column: it is not issued',
  },
  keystore: {
    missing: 'this key file is missing',
    'readable-by-others': 'others can read this key file; its mode must be 0600',
    'not-a-keystore': 'this is not a key file, or it is damaged',
    'wrong-passphrase': 'the passphrase does not open this key file',
    'weak-passphrase': 'a passphrase has at least 8 characters',
    exists: 'this key file is there already, and is not written over',
    'another-key': 'this is not the key that belongs to the data folder',
    'not-in-environment': 'a variable may hold a key for a local chain only; unset it',
  },
  issuing: {
    'template-incomplete':
      'the template lacks mandatory elements; add them, or say --allow-incomplete',
    'key-in-use': 'another request has this idempotency key',
    'in-progress':
      'another process is issuing this batch now, or was interrupted a moment ago: try again in 15 seconds',
    'not-found': 'this folder issued no such certificate or batch',
    'no-such-issuer': 'the folder has no such issuer: inaltera issuer list names them',
    'not-deployed': 'the registry is not on this chain yet: run inaltera deploy first',
    'awaiting-approval': 'the batch awaits the approval of a second person',
    'not-awaiting': 'the batch awaits no approval',
    'same-person': 'whoever asked for a batch does not approve it',
    rejected: 'the batch was rejected',
    'template-archived': 'this template is archived',
    'template-superseded': 'a later version of this template stands',
    'not-anchored': 'the batch is not anchored yet',
    permanent: 'a permanent certificate cannot be erased',
    delivered: 'these permanent links were delivered, and their secret is forgotten',
    corrected: 'this certificate is corrected already, or is being so',
    interrupted: 'the correction was interrupted before its row was kept; ask for it again',
    locked: 'this needs the passphrase of the keys',
    'permanent-by-mail':
      'permanent links cannot be called back: they are handed out as a file, not sent by e-mail',
    'permanent-link':
      'a permanent link cannot be replaced: whoever has it can read the certificate for ever',
    'no-address': 'nothing is known of an e-mail address of this learner',
    'no-mail': 'no mail server is configured: see the member mail of inaltera.json',
    exported:
      'the links of this batch were written to a file before; inaltera links <batch> --again writes them once more',
    erased: 'this certificate is erased',
    'bad-url':
      'a webhook leads to https://<name>, without an address in place of the name and without credentials',
    'bad-events': 'these are not the names of events',
    'too-many': 'there are too many webhooks',
  },
  passphrase: {
    ask: 'Passphrase of the keys: ',
    askAgain: 'The same again: ',
    askNew: 'The new passphrase: ',
    differ: 'the two passphrases differ',
    missing:
      'no passphrase: give --passphrase-file <file> or set INALTERA_PASSPHRASE; at a terminal it is asked for',
    newMissing:
      'no new passphrase: give --new-passphrase-file <file> or set INALTERA_NEW_PASSPHRASE; at a terminal it is asked for',
    changed: (files) =>
      `The new passphrase opens all ${files} key files. Start again what runs. Recovery files and codes stay; earlier copies open with the old passphrase.`,
  },
  init: {
    nameMissing: 'give the name of the issuing organisation with --name',
    rpcNeedsNetwork: '--rpc and --network belong together',
    done: 'A new data folder:',
    account: 'Issuer',
    anchorKey: 'Key that anchors',
    statusKey: 'Key that revokes',
    registry: 'Registry',
    policy: 'Policy',
    recoveryFile: 'Recovery file',
    recoveryCode: 'Recovery code',
    keepApart:
      'Copy the recovery file and the code to two safe places apart. The code is shown this once and written nowhere.',
    fund: 'Each of the three accounts pays for its own transactions: send them ether before deploy.',
    next: 'Next: inaltera deploy, then inaltera issue <rows> --template <file>.',
  },
  issuer: {
    added: 'A new issuer of this folder:',
    next: 'Next: inaltera deploy gives its keys their roles; a server that runs already is to be started again.',
  },
  key: {
    noLabel: 'say what the key is for, in at most 100 characters: --label <text>',
    badDays: '--expires is a number of days from 1 to 730',
    badScope: (all) => `--scopes is all, or some of these, separated by commas: ${all}`,
    created:
      'The key is shown this once and written nowhere: keep it where only its program reads it.',
    none: 'This issuer has no key.',
    until: (moment) => `until ${moment}`,
    revokedAt: (moment) => `revoked ${moment}`,
    revoked: 'The key counts no more.',
    unknown: 'this issuer has no such key: inaltera key list names them',
  },
  backup: {
    copied: (folder) =>
      `The data folder is copied to ${folder}. The erasure journal is not in it: keep that file elsewhere.`,
    databaseApart: 'The store is on PostgreSQL: copy it with pg_dump, before this copy.',
    restored: (folder, erasures) =>
      `${folder} is a data folder again. Its next start erases again what the journal names: ${erasures}.`,
    rotated: (version) =>
      `Master key ${version} is for new batches; start again what runs. Keep the files and codes of the earlier ones.`,
  },
  issue: {
    nothingIssued: 'nothing was issued.',
    andMore: (count) => `and ${count} more`,
    row: (row) => `row ${row}`,
    column: (name) => `column ${name}`,
    alreadyIn: (row) => `as in row ${row}`,
    allRows: 'the file',
    permanentWarning:
      'Permanent links: no server is needed to open them, and nobody, you included, can erase what they open.',
    badLinkBase: (base) =>
      `--link-base takes https://<host>, without a path (http only for this machine), not ${base}`,
    permanentNeedsFile:
      'permanent links needs a file: name one with --output, since the links cannot be derived again',
    permanentDone:
      'The secret of these permanent links is forgotten: the file below is the only copy.',
    repeated:
      'These rows were issued before; this is that batch, not a new one (--again makes one).',
    issued: (size) => `${size} certificates issued and final.`,
    batch: 'Batch',
    root: 'Root',
    anchored: 'Anchored',
    links: 'Links',
    linksAreSecret: 'Each link is its learner’s own: whoever has it can read the certificate.',
    linksLeft: (links, size) =>
      `${links} links of a batch of ${size} certificates: the others are erased.`,
  },
  status: {
    confirm: {
      revoke: 'This revokes for good; nothing undoes it. Go on? [y/N] ',
      suspend: 'This suspends, for all who verify. Go on? [y/N] ',
      erase: 'This erases for good: nobody, you included, reads it again. Go on? [y/N] ',
      'revoke-batch': 'This revokes the whole batch for good; nothing undoes it. Go on? [y/N] ',
    },
    notConfirmed: 'nothing was done: it was not confirmed (--yes does not ask)',
    whichOne:
      'name one certificate by its link or file, or a batch with --batch <id|root> and --index <numbers>',
    oneOnly: 'this command takes one certificate at a time',
    badIndex: (text) => `--index takes numbers separated by commas, not ${text}`,
    otherHome: (theirs, ours) =>
      `this certificate belongs to ${theirs}; this folder issues at ${ours}`,
    otherIssuer: (theirs, ours) =>
      `this certificate was issued by ${theirs}; this folder is ${ours}`,
    done: {
      revoke: 'Revoked, for good.',
      suspend: 'Suspended.',
      reinstate: 'Reinstated.',
      'revoke-batch': 'The whole batch is revoked, for good.',
    },
    shows: 'Verifiers read two blocks below the head: they see it in a moment.',
    already: 'The chain said so already: nothing was sent.',
    certificates: (indexes, root) => `certificate ${indexes} of batch ${root}`,
    erased: (cid, at) => `Erased ${cid} (${at}).`,
    outOfReach: 'Copies in the hands of others are out of reach.',
    damaged: (cid) => `the document ${cid} of the same batch is damaged, in both copies`,
    resealed: (cid) => `The link to ${cid} is replaced: it opens nothing any more. The new one:`,
    newLinkMailed: 'It is on its way to its learner.',
  },
  serve: {
    at: (url) => `serving at ${url}`,
    stop: 'Ctrl-C stops it',
    noPassphrase: 'without a passphrase: it verifies and serves, and continues no unfinished batch',
    stopping: 'stopping',
  },
  mail: {
    sent: (accepted, waiting) => `${accepted} letter(s) handed over, ${waiting} waiting.`,
    refused: (index, code) =>
      `certificate ${index}: nobody took the letter${code === undefined ? '' : ` (${code})`}`,
  },
  askCode: 'Recovery code: ',
  noCode:
    'no recovery code: give --code-file <file> or set INALTERA_RECOVERY_CODE; at a terminal it is asked for',
  recovered: 'The master key is back, under the passphrase of this folder.',
  deployed: 'The registry is deployed, and the keys have their roles.',
  wasDeployed: 'The registry stood there already, and the keys have their roles.',
  noFolder: (folder) =>
    `${folder} is no data folder: run inaltera init first, or name one with --data`,
  folderExists: (folder) => `${folder} is a data folder already`,
  development: 'these settings are for trying things out, and production refuses them:',
  damagedFolder: (folder) => `something in the data folder ${folder} cannot be used`,
  badConfig: (member) =>
    `${member.startsWith('/') ? 'inaltera.json cannot be used: ' : 'cannot be used: '}${member}`,
}
