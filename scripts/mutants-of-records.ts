/** Known ways to break who may act, what an anchor is, and when it is void. */
import type { Mutant } from './mutant.ts'

const authority: readonly Mutant[] = [
  {
    name: 'no role is needed',
    search: 'if (!holds || record.closedSince != 0)',
    replace: 'if (record.closedSince != 0)',
  },
  {
    name: 'any role will do',
    search: 'record.roles & role != 0',
    replace: 'record.roles != 0',
  },
  {
    name: 'a closed operator may still act',
    search: 'if (!holds || record.closedSince != 0)',
    replace: 'if (!holds)',
  },
  {
    name: 'an issuer is no operator of itself',
    search: 'bool holds = operator == issuer || record.roles & role != 0;',
    replace: 'bool holds = record.roles & role != 0;',
  },
  {
    name: 'revokeBatch takes the role SUSPEND',
    search: '_authorise(issuer, msg.sender, REVOKE);\n        _revokeBatch(',
    replace: '_authorise(issuer, msg.sender, SUSPEND);\n        _revokeBatch(',
  },
  {
    name: 'anchorFor checks the sender in place of the operator',
    search: '_authorise(issuer, operator, ANCHOR);',
    replace: '_authorise(issuer, msg.sender, ANCHOR);',
  },
  {
    name: 'a closed operator can be given roles again',
    search:
      'if (record.closedSince != 0) revert CertificateRegistryClosed(operator, record.closedSince);',
    replace: '',
  },
  {
    name: 'closing leaves the roles',
    search: '        record.roles = 0;\n',
    replace: '',
  },
  {
    name: 'roles that there are not can be given',
    search: '|| roles > (ANCHOR | SUSPEND | REVOKE)',
    replace: '',
  },
]

const anchors: readonly Mutant[] = [
  {
    name: 'a zero root is anchored',
    search: 'if (root == 0 || size == 0)',
    replace: 'if (size == 0)',
  },
  {
    name: 'a batch of nothing is anchored',
    search: 'if (root == 0 || size == 0)',
    replace: 'if (root == 0)',
  },
  {
    name: 'a standing anchor is overwritten',
    search: 'if (!_isVoid(issuer, record)) {',
    replace: 'if (false) {',
  },
  {
    name: 'a void anchor is kept',
    search: 'if (!_isVoid(issuer, record)) {',
    replace: 'if (true) {',
  },
  {
    name: 'another size is taken for the same anchor',
    search: 'if (record.size != size) revert CertificateRegistrySizeDiffers(root, record.size);',
    replace: '',
  },
  {
    name: 'overwriting lifts the revocation of the batch',
    search: '(packed & REVOKED_FLAG) |',
    replace: '',
  },
  {
    name: 'every anchor bears the same time',
    search: '(block.timestamp << TIME_OFFSET)',
    replace: '(uint256(1_800_000_000) << TIME_OFFSET)',
  },
  {
    name: 'the record names the sender, not the signer',
    search: '_anchor(issuer, operator, root, size);',
    replace: '_anchor(issuer, msg.sender, root, size);',
  },
  {
    name: 'anchoring again says that it anchored',
    search: '                return;\n            }\n        }\n\n        batch.record =',
    replace: '            }\n        }\n\n        batch.record =',
  },
]

const cutOffs: readonly Mutant[] = [
  {
    name: 'a later cut-off is accepted',
    search: 'if (current != 0 && since > current)',
    replace: 'if (false)',
  },
  {
    name: 'a cut-off in the future is accepted',
    search: 'if (since == 0 || since > block.timestamp)',
    replace: 'if (since == 0)',
  },
  {
    name: 'a cut-off of 0 reopens',
    search: 'if (since == 0 || since > block.timestamp)',
    replace: 'if (since > block.timestamp)',
  },
  {
    name: 'at exactly the cut-off an anchor still stands',
    search: 'closedSince != 0 && closedSince <= time',
    replace: 'closedSince != 0 && closedSince < time',
  },
  {
    name: 'who retired voids nothing',
    search: 'Records.isClosed(_operators[issuer][issuer].closedSince, record.anchoredAt);',
    replace: 'false;',
  },
  {
    name: 'a closed operator voids nothing',
    search:
      'Records.isClosed(_operators[issuer][record.operator].closedSince, record.anchoredAt) ||',
    replace: 'false ||',
  },
  {
    name: 'a withdrawal falls on the first period',
    search: 'Accreditation storage accreditation = periods[period];',
    replace: 'Accreditation storage accreditation = periods[0];',
  },
  {
    name: 'a period may end before it begins',
    search: '|| from >= until',
    replace: '',
  },
]

export const RECORD_MUTANTS = [...authority, ...anchors, ...cutOffs]
