/** The library `inaltera`: everything a verifier, a holder's page or an issuing server uses. */
export { alikeCertificates } from './alike.ts'
export type { AlikeCertificates, BatchProofs, TreePlace } from './alike.ts'
export { bundleOf, MAX_BUNDLE_BYTES, parseBundle } from './bundle.ts'
export type { Bundle, ContextBytes } from './bundle.ts'
export {
  certificateOf,
  certificateOfJson,
  commitmentOfCertificate,
  hideClaims,
  MAX_CERTIFICATE_BYTES,
  parseCertificate,
  printCertificate,
} from './certificate.ts'
export type { Certificate } from './certificate.ts'
export type { Proof } from './proof.ts'
export { claimDigest, commitmentOf, saltBytesOf, saltsOf } from './credential/commitment.ts'
export type { Salts } from './credential/commitment.ts'
export { committer } from './credential/committing.ts'
export type { Commit } from './credential/committing.ts'
export { commitmentCutter } from './credential/cutting.ts'
export type { Committing } from './credential/preimage.ts'
export { splitCredential, subjectOf, withoutClaims } from './credential/disclosure.ts'
export {
  issuerId,
  issuerName,
  parseCredential,
  title,
  validFrom,
  validUntil,
} from './credential/credential.ts'
export type { Credential } from './credential/credential.ts'
export { lintTemplate } from './credential/elements.ts'
export type { LintReport } from './credential/elements.ts'
export {
  CELL_TEXTS,
  CRITERION_TEXTS,
  ELEMENT_TEXTS,
  QUESTION_TEXTS,
} from './credential/elements.texts.ts'
export { holdsInvisible, withoutInvisible } from './credential/invisible.ts'
export { identitiesOf, learnerOf } from './credential/learner.ts'
export type { Identity } from './credential/learner.ts'
export { nameOf, parsePointer, pointerOfName } from './credential/pointer.ts'
export type { HidablePointer } from './credential/pointer.ts'
export { credentialOf } from './credential/rows.ts'
export type { CredentialIds, RowError } from './credential/rows.ts'
export { columnsOf, parseTemplate } from './credential/template.ts'
export type { Template } from './credential/template.ts'
export { gather } from './gather.ts'
export type { GatherPorts } from './gather.ts'
export { bytesOfCid, CID_BYTES, cidOf, cidOfDigest, cidOfNode, parseCid } from './ipfs/cid.ts'
export type { Cid, Codec } from './ipfs/cid.ts'
export { fetchBlock, fetchServerKey } from './ipfs/gateway.ts'
export type { FetchAnswer, FetchLike, FetchOptions } from './ipfs/gateway.ts'
export { holderLink, holderLinks, parseHolderLink, parseLinkBase } from './ipfs/link.ts'
export type { HolderLink } from './ipfs/link.ts'
export { layManifest, manifestLengths, manifestOf } from './ipfs/manifest.ts'
export type { Manifest, ManifestNode } from './ipfs/manifest.ts'
export {
  contentKeysOf,
  isPermanent,
  IV_BYTES,
  linkSecretOf,
  MAX_BLOCK_BYTES,
  openDocument,
  ownerTokenOf,
  sealDocument,
  serverKeyAuthOf,
} from './ipfs/seal.ts'
export type { Aes256Gcm, ContentKeys, DocumentKeys } from './ipfs/seal.ts'
export { openSuccessor, sealSuccessor } from './ipfs/successor.ts'
export type { Predecessor } from './ipfs/successor.ts'
export { evidenceOfBundle, momentOf } from './offline.ts'
export { leafOf, pathLength, pathLeadsTo, rootOf } from './merkle/path.ts'
export { growCrown, growSubtree, heapBytes, refuseDuplicates, subtreesOf } from './merkle/heap.ts'
export type { Heap } from './merkle/heap.ts'
export { growTree, treeOf, treeOfHeap } from './merkle/tree.ts'
export type { Commitments, Tree } from './merkle/tree.ts'
export { accentOf, contrastOnPaper } from './primitives/accent.ts'
export { accountOf, didPkh, parseAccount, parseHome } from './primitives/account.ts'
export type { Account, Home } from './primitives/account.ts'
export {
  base64urlOf,
  bytesOfHex,
  concat,
  equalBytes,
  hexesOf,
  hexOf,
  parseAddress,
  parseBase64url,
  parseHash32,
  parseHex,
  uint32be,
  useLetters,
  utf8,
} from './primitives/bytes.ts'
export type {
  Address,
  BatchRoot,
  Commitment,
  Hash32,
  Hex,
  LeafHash,
  LetterEngine,
} from './primitives/bytes.ts'
export {
  FAILURE_CODES,
  FORMAT_CODES,
  LEVELS,
  NOTE_CODES,
  REASON_CODES,
  UNDETERMINED_CODES,
} from './primitives/codes.ts'
export type {
  FailureCode,
  FormatCode,
  Level,
  NoteCode,
  ReasonCode,
  UndeterminedCode,
} from './primitives/codes.ts'
export { FormatError, invariant, InvariantError, UnavailableError } from './primitives/errors.ts'
export type { UnavailableCode } from './primitives/errors.ts'
export {
  hkdfExpand,
  hkdfExtract,
  hmacSha256,
  hmacSha256Text,
  keccak256,
  sha256,
  sha256Text,
} from './primitives/hash.ts'
export { hashKernel, useSha256 } from './primitives/kernel.ts'
export type { HashKernel, Sha256Engine } from './primitives/kernel.ts'
export { canonicalBytes, canonicalText, parseJson, parseJsonText } from './primitives/json.ts'
export type { Json, JsonArray, JsonObject } from './primitives/json.ts'
export { sharingReader } from './primitives/mould-reader.ts'
export type { Reads } from './primitives/mould-reader.ts'
export { sharingPrinter } from './primitives/mould.ts'
export { Pen } from './primitives/pen.ts'
export { SpareRoom } from './primitives/spare.ts'
export type { RoomFor } from './primitives/spare.ts'
export type { Print } from './primitives/mould.ts'
export { parseShape } from './primitives/shape.ts'
export {
  compareInstants,
  instantOfMilliseconds,
  instantOfSeconds,
  parseInstant,
  printInstant,
} from './primitives/time.ts'
export type { Instant } from './primitives/time.ts'
export {
  DEPLOYMENT_PROXY,
  DEPLOYMENT_SALT,
  REGISTRY_ADDRESS,
  REGISTRY_CODE_HASH,
  REGISTRY_INIT_CODE_HASH,
} from './registry/deployments.ts'
export { NETWORKS, policyPinOf, presetOfChain } from './registry/networks.ts'
export type { FactSource, NetworkPreset, PolicyPin } from './registry/networks.ts'
export {
  accreditationCountSlot,
  accreditationSlots,
  anchorSlot,
  bitOf,
  decodeAccreditation,
  decodeAnchor,
  decodeOperator,
  nonceSlot,
  operatorSlot,
  profileSlot,
  revokedWordSlot,
  suspendedWordSlot,
} from './registry/slots.ts'
export type { AnchorRecord, OperatorRecord } from './registry/slots.ts'
export type {
  BlockEvidence,
  ChainEvidence,
  ChainProof,
  ObservedChain,
  Pins,
  ProviderAnswer,
  Request,
  StateProof,
  Storage,
} from './registry/ports.ts'
export { MAX_REPORT_BYTES, parseDocument, parseReport, printReport, replay } from './report.ts'
export type { Replay, Report } from './report.ts'
export { catalogueOf, headlineOf, LANGUAGES, sentenceOf } from './texts.ts'
export type { Language } from './texts.ts'
export type { Catalogue } from './texts/catalogue.ts'
export {
  accountsOfDidDocument,
  accountsOfTxtAnswer,
  didDocumentUrl,
  domainAnswerOf,
  MAX_DID_DOCUMENT_BYTES,
  MAX_DNS_BYTES,
  txtNameOf,
  txtQueryOf,
} from './verify/domain.ts'
export type { AccreditationHint, DomainAnswer, Evidence } from './verify/evidence.ts'
export { observationNameOf } from './verify/needed.ts'
export { parsePolicy } from './verify/policy.ts'
export type { Policy, RegistryPin } from './verify/policy.ts'
export { boundProfile } from './verify/profile.ts'
export { parseAccreditationRecord, parseProfile } from './verify/records.ts'
export type { AccreditationRecord, Profile } from './verify/records.ts'
export { CHECK_NAMES } from './verify/verdict.ts'
export type { Check, CheckName, Checks, Note, Outcome, Verdict } from './verify/verdict.ts'
export { verdictOfMalformed, verify } from './verify/verify.ts'
