/** Known ways to break status, signatures and `verify`; and one to break the tests. */
import type { Mutant } from './mutant.ts'

const status: readonly Mutant[] = [
  {
    name: 'revoking twice lifts (OR becomes XOR)',
    search: 'batch.revoked[word] = before | added;',
    replace: 'batch.revoked[word] = before ^ mask;',
  },
  {
    name: 'revoking forgets what was revoked',
    search: 'batch.revoked[word] = before | added;',
    replace: 'batch.revoked[word] = added;',
  },
  {
    name: 'the event repeats what was revoked before',
    search: 'emit Revoked(issuer, root, operator, word, added, reason);',
    replace: 'emit Revoked(issuer, root, operator, word, mask, reason);',
  },
  {
    name: 'suspending again reinstates',
    search: 'batch.suspended[word] = before | added;',
    replace: 'batch.suspended[word] = before ^ mask;',
  },
  {
    name: 'reinstating suspends',
    search: 'batch.suspended[word] = before & ~lifted;',
    replace: 'batch.suspended[word] = before | mask;',
  },
  {
    name: 'the bit behind the last certificate is taken',
    search: '+ Math.log2(mask) >= size',
    replace: '+ Math.log2(mask) > size',
  },
  {
    name: 'a word far beyond the size wraps round',
    search: '|| word >= 1 << 24 || (word << 8)',
    replace: '|| (word << 8)',
  },
  {
    name: 'an empty mask is taken',
    search: 'if (mask == 0 || word',
    replace: 'if (word',
  },
  {
    name: 'revoking a batch wipes its record',
    search: 'batch.record = packed | Records.REVOKED_FLAG;',
    replace: 'batch.record = Records.REVOKED_FLAG;',
  },
]

const signatures: readonly Mutant[] = [
  {
    name: 'a nonce is never used up',
    search: '_nonces[operator] = expected + 1;',
    replace: '_nonces[operator] = expected;',
  },
  {
    name: 'any nonce will do',
    search: 'if (nonce != expected) revert',
    replace: 'if (false) revert',
  },
  {
    name: 'a deadline never ends',
    search: 'if (block.timestamp > deadline)',
    replace: 'if (false)',
  },
  {
    name: 'any key signs for any operator',
    search: 'NoError && signer == operator',
    replace: 'NoError && signer != address(0)',
  },
  {
    name: 'the operator is not asked through its code',
    search: '!SignatureChecker.isValidERC1271SignatureNowCalldata(operator, digest, signature)',
    replace: 'true',
  },
  {
    name: 'an account with code loses its own key',
    search: 'fault == ECDSA.RecoverError.NoError && signer',
    replace: 'operator.code.length == 0 && fault == ECDSA.RecoverError.NoError && signer',
  },
  {
    name: 'a signature is good on every chain',
    search: 'block.chainid,\n                    address(this)',
    replace: 'uint256(31337),\n                    address(this)',
  },
  {
    name: 'a signature is good for every contract',
    search: 'block.chainid,\n                    address(this)',
    replace: 'block.chainid,\n                    address(1)',
  },
]

const verification: readonly Mutant[] = [
  {
    name: 'verify overlooks that the batch is revoked',
    search: '|| record.revoked) return false;',
    replace: ') return false;',
  },
  {
    name: 'verify overlooks suspensions',
    search: 'batch.revoked[index >> 8] | batch.suspended[index >> 8]',
    replace: 'batch.revoked[index >> 8]',
  },
  {
    name: 'verify overlooks that the anchor is void',
    search: 'if (_isVoid(issuer, record)) return false;',
    replace: '',
  },
  {
    name: 'verify takes a path of any length',
    search: 'if (path.length != Math.log2(2 * uint256(record.size) - 1 - index)) return false;',
    replace: '',
  },
  {
    name: 'verify reverts beyond the size',
    search: '|| index >= record.size ||',
    replace: '||',
  },
  {
    name: 'a leaf is hashed once, as an inner node is',
    search: 'keccak256(bytes.concat(keccak256(abi.encode(index, commitment))))',
    replace: 'keccak256(abi.encode(index, commitment))',
  },
]

/** The tests themselves: a campaign in which nothing succeeds must not pass for one. */
const tests: readonly Mutant[] = [
  {
    name: 'no random course ever revokes (in the handler)',
    file: 'test/solidity/Handler.sol',
    search: 'abi.encodeCall(registry.revoke, (accounts[i], roots[b], w, mask, 1));',
    replace:
      'abi.encodeCall(registry.revoke, (accounts[i], roots[b], w, 0, 1)); if (fault == 0) fault = ICertificateRegistry.CertificateRegistryOutOfRange.selector;',
  },
]

export const STATUS_MUTANTS = [...status, ...signatures, ...verification, ...tests]
