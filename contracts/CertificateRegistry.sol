// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ICertificateRegistry} from "./ICertificateRegistry.sol";
import {Records} from "./Records.sol";
import {SignedCalls} from "./SignedCalls.sol";

/// @title The registry; its documentation is the interface's.
/// @dev The storage layout is part of the product: verifiers prove it (docs/SPEC.md section 10).
contract CertificateRegistry is SignedCalls {
    uint8 private constant ANCHOR = 1;
    uint8 private constant SUSPEND = 2;
    uint8 private constant REVOKE = 4;

    /// @dev `record` is an `Anchor`, packed by hand in one write: operator 160, anchoredAt 40, size 32, revoked 1.
    struct Batch {
        uint256 record;
        mapping(uint256 word => uint256) revoked;
        mapping(uint256 word => uint256) suspended;
    }

    mapping(address issuer => mapping(bytes32 root => Batch)) private _batches;
    mapping(address issuer => mapping(address operator => Operator)) private _operators;
    mapping(address accreditor => mapping(address issuer => Accreditation[]))
        private _accreditations;
    mapping(address issuer => bytes32) private _profiles;
    mapping(address operator => uint256) private _nonces;

    /// @inheritdoc ICertificateRegistry
    function anchor(address issuer, bytes32 root, uint32 size) external {
        _authorise(issuer, msg.sender, ANCHOR);
        _anchor(issuer, msg.sender, root, size);
    }

    /// @inheritdoc ICertificateRegistry
    function anchorMany(
        address issuer,
        bytes32[] calldata roots,
        uint32[] calldata sizes
    ) external {
        _authorise(issuer, msg.sender, ANCHOR);
        if (roots.length != sizes.length) revert CertificateRegistryOutOfRange();
        for (uint256 i = 0; i < roots.length; ++i) {
            _anchor(issuer, msg.sender, roots[i], sizes[i]);
        }
    }

    /// @inheritdoc ICertificateRegistry
    function anchorFor(
        address issuer,
        address operator,
        bytes32 root,
        uint32 size,
        uint256 deadline,
        bytes calldata signature
    ) external {
        _authorise(issuer, operator, ANCHOR);
        bytes32 structHash = keccak256(
            abi.encode(ANCHOR_TYPEHASH, issuer, operator, root, size, deadline)
        );
        _checkSignature(operator, structHash, deadline, signature);
        _anchor(issuer, operator, root, size);
    }

    /// @inheritdoc ICertificateRegistry
    function setOperator(address operator, uint8 roles) external {
        if (
            operator == address(0) || operator == msg.sender || roles > (ANCHOR | SUSPEND | REVOKE)
        ) {
            revert CertificateRegistryOutOfRange();
        }
        Operator storage record = _operators[msg.sender][operator];
        if (record.closedSince != 0) revert CertificateRegistryClosed(operator, record.closedSince);
        if (record.roles == roles) return;

        record.roles = roles;
        emit OperatorSet(msg.sender, operator, roles);
    }

    /// @inheritdoc ICertificateRegistry
    function closeOperator(address operator, uint40 since) external {
        Operator storage record = _operators[msg.sender][operator];
        if (!Records.movesEarlier(operator, record.closedSince, since)) return;

        record.closedSince = since;
        record.roles = 0;
        emit OperatorClosed(msg.sender, operator, since);
    }

    /// @inheritdoc ICertificateRegistry
    function setProfile(bytes32 digest, string calldata uri) external {
        if (digest == 0) revert CertificateRegistryOutOfRange();
        _profiles[msg.sender] = digest;
        emit ProfileSet(msg.sender, digest, uri);
    }

    /// @inheritdoc ICertificateRegistry
    function accredit(
        address issuer,
        uint40 from,
        uint40 until,
        bytes32 digest,
        string calldata uri
    ) external returns (uint256 period) {
        if (issuer == address(0) || issuer == msg.sender || from >= until)
            revert CertificateRegistryOutOfRange();
        Accreditation[] storage periods = _accreditations[msg.sender][issuer];
        period = periods.length;
        periods.push(Accreditation(from, until, 0, digest));
        emit Accredited(msg.sender, issuer, period, from, until, digest, uri);
    }

    /// @inheritdoc ICertificateRegistry
    function withdraw(address issuer, uint256 period, uint40 since) external {
        Accreditation[] storage periods = _accreditations[msg.sender][issuer];
        if (period >= periods.length) revert CertificateRegistryOutOfRange();
        Accreditation storage accreditation = periods[period];
        if (!Records.movesEarlier(issuer, accreditation.withdrawnSince, since)) return;

        accreditation.withdrawnSince = since;
        emit AccreditationWithdrawn(msg.sender, issuer, period, since);
    }

    /// @inheritdoc ICertificateRegistry
    function revoke(
        address issuer,
        bytes32 root,
        uint256 word,
        uint256 mask,
        uint8 reason
    ) external {
        _authorise(issuer, msg.sender, REVOKE);
        _revoke(issuer, msg.sender, root, word, mask, reason);
    }

    /// @inheritdoc ICertificateRegistry
    function revokeMany(
        address issuer,
        bytes32 root,
        uint256[] calldata words,
        uint256[] calldata masks,
        uint8 reason
    ) external {
        _authorise(issuer, msg.sender, REVOKE);
        if (words.length != masks.length) revert CertificateRegistryOutOfRange();
        for (uint256 i = 0; i < words.length; ++i) {
            _revoke(issuer, msg.sender, root, words[i], masks[i], reason);
        }
    }

    /// @inheritdoc ICertificateRegistry
    function revokeBatch(address issuer, bytes32 root, uint8 reason) external {
        _authorise(issuer, msg.sender, REVOKE);
        _revokeBatch(issuer, msg.sender, root, reason);
    }

    /// @inheritdoc ICertificateRegistry
    function suspend(
        address issuer,
        bytes32 root,
        uint256 word,
        uint256 mask,
        uint8 reason
    ) external {
        _authorise(issuer, msg.sender, SUSPEND);
        _suspend(issuer, msg.sender, root, word, mask, reason);
    }

    /// @inheritdoc ICertificateRegistry
    function reinstate(address issuer, bytes32 root, uint256 word, uint256 mask) external {
        _authorise(issuer, msg.sender, SUSPEND);
        _reinstate(issuer, msg.sender, root, word, mask);
    }

    /// @inheritdoc ICertificateRegistry
    function revokeFor(
        address issuer,
        address operator,
        bytes32 root,
        uint256 word,
        uint256 mask,
        uint8 reason,
        uint256 deadline,
        bytes calldata signature
    ) external {
        _authorise(issuer, operator, REVOKE);
        bytes32 structHash = keccak256(
            abi.encode(REVOKE_TYPEHASH, issuer, operator, root, word, mask, reason, deadline)
        );
        _checkSignature(operator, structHash, deadline, signature);
        _revoke(issuer, operator, root, word, mask, reason);
    }

    /// @inheritdoc ICertificateRegistry
    function revokeBatchFor(
        address issuer,
        address operator,
        bytes32 root,
        uint8 reason,
        uint256 deadline,
        bytes calldata signature
    ) external {
        _authorise(issuer, operator, REVOKE);
        bytes32 structHash = keccak256(
            abi.encode(REVOKE_BATCH_TYPEHASH, issuer, operator, root, reason, deadline)
        );
        _checkSignature(operator, structHash, deadline, signature);
        _revokeBatch(issuer, operator, root, reason);
    }

    /// @inheritdoc ICertificateRegistry
    function suspendFor(
        address issuer,
        address operator,
        bytes32 root,
        uint256 word,
        uint256 mask,
        uint8 reason,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external {
        _authorise(issuer, operator, SUSPEND);
        _useNonce(operator, nonce);
        bytes32 structHash = keccak256(
            abi.encode(
                SUSPEND_TYPEHASH,
                issuer,
                operator,
                root,
                word,
                mask,
                reason,
                nonce,
                deadline
            )
        );
        _checkSignature(operator, structHash, deadline, signature);
        _suspend(issuer, operator, root, word, mask, reason);
    }

    /// @inheritdoc ICertificateRegistry
    function reinstateFor(
        address issuer,
        address operator,
        bytes32 root,
        uint256 word,
        uint256 mask,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external {
        _authorise(issuer, operator, SUSPEND);
        _useNonce(operator, nonce);
        bytes32 structHash = keccak256(
            abi.encode(REINSTATE_TYPEHASH, issuer, operator, root, word, mask, nonce, deadline)
        );
        _checkSignature(operator, structHash, deadline, signature);
        _reinstate(issuer, operator, root, word, mask);
    }

    /// @inheritdoc ICertificateRegistry
    function verify(
        address issuer,
        bytes32 root,
        uint256 index,
        bytes32 commitment,
        bytes32[] calldata path
    ) external view returns (bool) {
        Batch storage batch = _batches[issuer][root];
        Anchor memory record = Records.unpack(batch.record);
        if (record.anchoredAt == 0 || index >= record.size || record.revoked) return false;
        if (path.length != Math.log2(2 * uint256(record.size) - 1 - index)) return false;
        if (_isVoid(issuer, record)) return false;
        if (((batch.revoked[index >> 8] | batch.suspended[index >> 8]) >> (index & 255)) & 1 == 1)
            return false;

        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(index, commitment))));
        return MerkleProof.verifyCalldata(path, root, leaf);
    }

    /// @inheritdoc ICertificateRegistry
    function anchorOf(address issuer, bytes32 root) external view returns (Anchor memory) {
        return Records.unpack(_batches[issuer][root].record);
    }

    /// @inheritdoc ICertificateRegistry
    function statusOf(
        address issuer,
        bytes32 root,
        uint256 word
    ) external view returns (uint256 revoked, uint256 suspended) {
        Batch storage batch = _batches[issuer][root];
        return (batch.revoked[word], batch.suspended[word]);
    }

    /// @inheritdoc ICertificateRegistry
    function operatorOf(address issuer, address operator) external view returns (Operator memory) {
        return _operators[issuer][operator];
    }

    /// @inheritdoc ICertificateRegistry
    function profileOf(address issuer) external view returns (bytes32 digest) {
        return _profiles[issuer];
    }

    /// @inheritdoc ICertificateRegistry
    function accreditationsOf(
        address accreditor,
        address issuer
    ) external view returns (Accreditation[] memory) {
        return _accreditations[accreditor][issuer];
    }

    /// @inheritdoc ICertificateRegistry
    function nonceOf(address operator) external view returns (uint256) {
        return _nonces[operator];
    }

    /// @dev One read: an issuer's own record tells whether it retired, an operator's whether it holds the role.
    function _authorise(address issuer, address operator, uint8 role) private view {
        Operator memory record = _operators[issuer][operator];
        bool holds = operator == issuer || record.roles & role != 0;
        if (!holds || record.closedSince != 0)
            revert CertificateRegistryNotAllowed(issuer, operator, role);
    }

    function _anchor(address issuer, address operator, bytes32 root, uint32 size) private {
        if (root == 0 || size == 0) revert CertificateRegistryOutOfRange();
        Batch storage batch = _batches[issuer][root];
        uint256 packed = batch.record;
        if (packed != 0) {
            Anchor memory record = Records.unpack(packed);
            if (!_isVoid(issuer, record)) {
                if (record.size != size) revert CertificateRegistrySizeDiffers(root, record.size);
                return;
            }
        }

        batch.record = Records.pack(packed, operator, size);
        emit Anchored(issuer, root, operator, size);
    }

    function _revoke(
        address issuer,
        address operator,
        bytes32 root,
        uint256 word,
        uint256 mask,
        uint8 reason
    ) private {
        Batch storage batch = _batches[issuer][root];
        Records.checkBits(issuer, root, batch.record, word, mask);
        uint256 before = batch.revoked[word];
        uint256 added = mask & ~before;
        if (added == 0) return;

        batch.revoked[word] = before | added;
        emit Revoked(issuer, root, operator, word, added, reason);
    }

    function _revokeBatch(address issuer, address operator, bytes32 root, uint8 reason) private {
        Batch storage batch = _batches[issuer][root];
        uint256 packed = batch.record;
        if (packed == 0) revert CertificateRegistryNotAnchored(issuer, root);
        if (packed & Records.REVOKED_FLAG != 0) return;

        batch.record = packed | Records.REVOKED_FLAG;
        emit BatchRevoked(issuer, root, operator, reason);
    }

    function _suspend(
        address issuer,
        address operator,
        bytes32 root,
        uint256 word,
        uint256 mask,
        uint8 reason
    ) private {
        Batch storage batch = _batches[issuer][root];
        Records.checkBits(issuer, root, batch.record, word, mask);
        uint256 before = batch.suspended[word];
        uint256 added = mask & ~before;
        if (added == 0) return;

        batch.suspended[word] = before | added;
        emit Suspended(issuer, root, operator, word, added, reason);
    }

    function _reinstate(
        address issuer,
        address operator,
        bytes32 root,
        uint256 word,
        uint256 mask
    ) private {
        Batch storage batch = _batches[issuer][root];
        Records.checkBits(issuer, root, batch.record, word, mask);
        uint256 before = batch.suspended[word];
        uint256 lifted = mask & before;
        if (lifted == 0) return;

        batch.suspended[word] = before & ~lifted;
        emit Reinstated(issuer, root, operator, word, lifted);
    }

    function _useNonce(address operator, uint256 nonce) private {
        uint256 expected = _nonces[operator];
        if (nonce != expected) revert CertificateRegistryBadNonce(expected);
        _nonces[operator] = expected + 1;
    }

    function _isVoid(address issuer, Anchor memory record) private view returns (bool) {
        return
            Records.isClosed(_operators[issuer][record.operator].closedSince, record.anchoredAt) ||
            Records.isClosed(_operators[issuer][issuer].closedSince, record.anchoredAt);
    }
}
