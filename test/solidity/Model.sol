// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICertificateRegistry} from "../../contracts/ICertificateRegistry.sol";
import {Signing} from "./Signing.sol";
import {Trees} from "./Trees.sol";

/// @title What the registry should say, kept beside it in the plainest words, and what each call should come to.
/// @dev Three issuers (accounts 0 to 2) and six operators (3 to 8); four batches with real trees.
abstract contract Model is Signing {
    uint256 internal constant ISSUERS = 3;
    uint256 internal constant ACCOUNTS = 9;
    uint256 internal constant BATCHES = 4;
    uint256 internal constant WORDS = 2;

    struct Period {
        uint40 from;
        uint40 until;
        uint40 withdrawnSince;
        bytes32 digest;
    }

    uint256[ACCOUNTS] internal _keys;
    address[ACCOUNTS] public accounts;
    bytes32[BATCHES] public roots;
    uint32[BATCHES] public sizes;

    mapping(uint256 issuer => mapping(uint256 batch => ICertificateRegistry.Anchor))
        internal _anchors;
    mapping(uint256 issuer => mapping(uint256 batch => uint256[WORDS])) internal _revoked;
    mapping(uint256 issuer => mapping(uint256 batch => uint256[WORDS])) internal _suspended;
    mapping(uint256 issuer => mapping(uint256 account => uint40)) internal _closedSince;
    mapping(uint256 issuer => mapping(uint256 account => uint8)) internal _roles;
    mapping(uint256 accreditor => mapping(uint256 issuer => Period[])) internal _periods;
    mapping(uint256 issuer => bytes32) internal _profiles;
    mapping(uint256 account => uint256) internal _nonces;

    constructor() {
        for (uint256 i = 0; i < ACCOUNTS; ++i) {
            _keys[i] = 0xA11CE + i;
            accounts[i] = vm.addr(_keys[i]);
        }
        sizes = [uint32(1), 2, 5, 300];
        for (uint256 b = 0; b < BATCHES; ++b) roots[b] = Trees.heapOf(b, sizes[b])[0];
    }

    function _mayAct(uint256 issuer, uint256 account, uint8 role) internal view returns (bool) {
        if (_closedSince[issuer][account] != 0) return false;
        if (issuer == account) return true;
        return (_roles[issuer][account] & role) == role;
    }

    function _isVoid(uint256 issuer, uint256 batch) internal view returns (bool) {
        ICertificateRegistry.Anchor memory record = _anchors[issuer][batch];
        uint40 retired = _closedSince[issuer][issuer];
        if (retired != 0 && retired <= record.anchoredAt) return true;
        uint40 closed = _closedSince[issuer][_indexOf(record.operator)];
        return closed != 0 && closed <= record.anchoredAt;
    }

    /// @dev What anchoring comes to for one who may: an error, nothing, or a record written.
    function _anchoring(
        uint256 issuer,
        uint256 batch,
        uint32 size
    ) internal view returns (bytes4 fault, bool writes) {
        if (size == 0) return (ICertificateRegistry.CertificateRegistryOutOfRange.selector, false);
        uint32 present = _anchors[issuer][batch].size;
        if (present == 0 || _isVoid(issuer, batch)) return (0, true);
        if (present == size) return (0, false);
        return (ICertificateRegistry.CertificateRegistrySizeDiffers.selector, false);
    }

    function _write(uint256 issuer, uint256 account, uint256 batch, uint32 size) internal {
        bool revoked = _anchors[issuer][batch].revoked;
        _anchors[issuer][batch] = ICertificateRegistry.Anchor(
            accounts[account],
            uint40(block.timestamp),
            size,
            revoked
        );
    }

    /// @dev What a change of status comes to for one who may: every bit of the mask must stand for a certificate.
    function _marking(
        uint256 issuer,
        uint256 batch,
        uint256 word,
        uint256 mask
    ) internal view returns (bytes4) {
        uint256 size = _anchors[issuer][batch].size;
        if (size == 0) return ICertificateRegistry.CertificateRegistryNotAnchored.selector;
        if (mask == 0 || word >= WORDS || size <= word * 256) {
            return ICertificateRegistry.CertificateRegistryOutOfRange.selector;
        }
        uint256 room = size - word * 256;
        if (room < 256 && mask >> room != 0) {
            return ICertificateRegistry.CertificateRegistryOutOfRange.selector;
        }
        return 0;
    }

    /// @dev What closing or withdrawing comes to where `current` is the cut-off so far.
    function _cutting(uint40 current, uint40 since) internal view returns (bytes4) {
        if (since == 0 || since > block.timestamp) {
            return ICertificateRegistry.CertificateRegistryOutOfRange.selector;
        }
        if (current == 0 || since <= current) return 0;
        return ICertificateRegistry.CertificateRegistryClosed.selector;
    }

    /// @dev What `verify` should answer for a certificate with its right path.
    function _stands(uint256 issuer, uint256 batch, uint256 index) internal view returns (bool) {
        ICertificateRegistry.Anchor memory record = _anchors[issuer][batch];
        if (record.anchoredAt == 0 || record.revoked || _isVoid(issuer, batch)) return false;
        if (index >= record.size) return false;
        if (Trees.lengthOf(record.size, index) != Trees.lengthOf(sizes[batch], index)) return false;
        uint256 marks =
            _revoked[issuer][batch][index / 256] | _suspended[issuer][batch][index / 256];
        return marks & (1 << (index % 256)) == 0;
    }

    function _indexOf(address account) internal view returns (uint256) {
        for (uint256 i = 0; i < ACCOUNTS; ++i) if (accounts[i] == account) return i;
        vm.assertTrue(false, "nobody of ours");
        return ACCOUNTS;
    }
}
