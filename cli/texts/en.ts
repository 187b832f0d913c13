import { catalogueOf } from '../../src/index.ts'
import type { Words } from './words.ts'

export const en: Words = {
  catalogue: catalogueOf('en'),
  unavailable: {
    unreachable: 'It could not be reached.',
    timeout: 'It did not answer in time.',
    refused: 'It was refused.',
    'bad-answer': 'It answered with something else.',
    'not-found': 'It has nothing under this link: the link may be mistyped, or from elsewhere.',
    erased: 'The issuer erased this certificate.',
    replaced:
      'This link was replaced by a new one: ask its issuer, or its holder, for the new link.',
  },
  network: {
    main: 'main network',
    test: 'TEST NETWORK: not an official certificate',
    local: 'LOCAL NETWORK: whoever runs it can rewrite it; not an official certificate',
  },
  labels: {
    title: 'Title',
    learner: 'Learner',
    issuer: 'Issued by',
    hidden: 'Hidden',
    anchored: 'Anchored',
    block: 'As of',
    policy: 'Policy',
    notes: 'Notes',
    nothing: 'nothing',
    namedByPolicy: 'named by the policy',
    namedByAccreditation: 'named by an accreditation',
    namedByNobody: 'nobody that this policy knows',
    ownClaim: 'the document itself says',
    notVerified: 'not verified',
    at: (field) => `at ${field}`,
    blockAt: (number, time) => `block ${number}, ${time}`,
  },
  lint: {
    mandatory: 'Mandatory elements',
    optional: 'Optional elements',
    criteria: 'Criteria of a micro-certification',
    questions: 'Questions that only you can answer',
    complete: 'The template is complete.',
    incomplete: 'The template lacks mandatory elements; issue refuses it unless told otherwise.',
    missingAt: (place) => `missing; belongs at ${place}`,
  },
  fileErrors: {
    ENOENT: 'there is no such file or folder',
    EACCES: 'it is not allowed',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is no folder',
    EEXIST: 'it exists already',
    ENOSPC: 'the disk is full',
  },
  bug: 'This is a fault of inaltera itself:',
  error: 'error:',
  badInput: (source, what, field) =>
    `${[source, field].filter((part) => part !== '').join(' at ')}: ${what}`,
  cannotRead: (path, why) => `${path} cannot be read: ${why}`,
  cannotWrite: (path, why) => `${path} cannot be written: ${why}`,
  noPolicy: (folder) =>
    `no policy says whom to trust: give one with --policy, or name a data folder with --data (there is none at ${folder})`,
  badLink: 'this is no holder link (https://<host>/c/<CID>#<43 letters>)',
  badAsOf: (text) =>
    `--as-of takes a day (2026-06-12) or a time (2026-06-12T10:00:00Z), not ${text}`,
  linkDoesNotOpen: 'What the host of the link gave is not the document of this link.',
  hideOrShow: 'give either --hide or --show',
  noSuchClaim: (name, names) =>
    `${name} is no claim that this certificate lets its holder hide; those are: ${names}`,
  ownFile: 'the presentation would overwrite the certificate itself',
  saved: (path) => `written to ${path}`,
  presentation: (shown, hidden) => `shown: ${shown}; hidden: ${hidden}`,
  fileOrReplay:
    'name one certificate (a file, - or a link), or a report with --replay and no other option',
  offlineNeedsBundle:
    '--offline takes an evidence bundle; this is a certificate alone (inaltera evidence makes one)',
  noProof: 'no provider gave a proof of a final block; nothing was written:',
  bundleSays: (outcome) => `what it holds now: ${outcome}`,
  checkpoint:
    'To judge it offline, a policy must list this block among the checkpoints of its registry:',
  replayOf: (time) => `A replay of what that verifier saw at ${time}; the chain is not asked.`,
  replayTrust: (policy) =>
    `Policy (${policy}) and evidence are the word of whoever made the report; verify the certificate to know more.`,
  replaySame: 'The verdict follows from it: it is the one that the report states.',
  replayDiffers: 'The verdict that follows from it is NOT the one that the report states.',
}
