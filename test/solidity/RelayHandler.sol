// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICertificateRegistry} from "../../contracts/ICertificateRegistry.sol";
import {Handler} from "./Handler.sol";

/// @title The calls that somebody else sends on an operator's signature.
contract RelayHandler is Handler {
    struct Relayed {
        string action;
        bytes4 selector;
        bytes32 typeHash;
        uint8 role;
        uint256 issuer;
        uint256 batch;
        bytes32 root;
        uint256 word;
        uint256 mask;
        uint256 account;
        uint256 nonce;
        uint256 deadline;
        bytes members;
    }

    function anchorFor(uint256 seed) external drawing(seed) {
        Relayed memory it = _drawn("anchorFor", registry.anchorFor.selector, ANCHOR, ANCHORING);
        uint32 size = _size(it.batch);
        it.root = _root(it.batch);
        it.members = bytes.concat(_whom(it), abi.encode(size, it.deadline));
        (bytes4 fault, bool writes) = _anchoringRoot(it.issuer, it.batch, it.root, size);
        if (!_relay(it, fault, writes ? 1 : 0, ACCOUNTS) || !writes) return;
        _write(it.issuer, it.account, it.batch, size);
    }

    function revokeFor(uint256 seed) external drawing(seed) {
        Relayed memory it = _drawn("revokeFor", registry.revokeFor.selector, REVOKE, REVOKING);
        it.members = bytes.concat(_whom(it), abi.encode(it.word, it.mask, 5, it.deadline));
        if (_relay(it, _marks(it), 0, ACCOUNTS)) _revoked[it.issuer][it.batch][it.word] |= it.mask;
    }

    function revokeBatchFor(uint256 seed) external drawing(seed) {
        Relayed memory it = _drawn(
            "revokeBatchFor",
            registry.revokeBatchFor.selector,
            REVOKE_BATCH,
            REVOKING
        );
        if (!_rarely(8)) (it.batch, it.root) = (1, roots[1]);
        it.members = bytes.concat(_whom(it), abi.encode(6, it.deadline));
        bool done = _relay(it, _recorded(it.issuer, it.batch), 0, ACCOUNTS);
        if (done) _anchors[it.issuer][it.batch].revoked = true;
    }

    function suspendFor(uint256 seed) external drawing(seed) {
        Relayed memory it = _drawn("suspendFor", registry.suspendFor.selector, SUSPEND, SUSPENDING);
        bytes memory rest = abi.encode(it.word, it.mask, 7, it.nonce, it.deadline);
        it.members = bytes.concat(_whom(it), rest);
        if (!_relay(it, _marks(it), 0, it.account)) return;
        _suspended[it.issuer][it.batch][it.word] |= it.mask;
        ++_nonces[it.account];
    }

    function reinstateFor(uint256 seed) external drawing(seed) {
        bytes4 selector = registry.reinstateFor.selector;
        Relayed memory it = _drawn("reinstateFor", selector, REINSTATE, SUSPENDING);
        bytes memory rest = abi.encode(it.word, it.mask, it.nonce, it.deadline);
        it.members = bytes.concat(_whom(it), rest);
        if (!_relay(it, _marks(it), 0, it.account)) return;
        _suspended[it.issuer][it.batch][it.word] &= ~it.mask;
        ++_nonces[it.account];
    }

    function _drawn(
        string memory action,
        bytes4 selector,
        bytes32 typeHash,
        uint8 role
    ) private returns (Relayed memory it) {
        (it.action, it.selector, it.typeHash, it.role) = (action, selector, typeHash, role);
        it.issuer = _draw(ISSUERS);
        it.batch = role == ANCHORING ? _draw(BATCHES) : _known(it.issuer);
        it.root = roots[it.batch];
        it.word = _word();
        it.mask = _mask(it.issuer, it.batch, it.word);
        it.account = _actor(it.issuer, role);
        it.nonce = _nonce(it.account);
        it.deadline = _rarely(12) ? time - 1 : time + _draw(100);
    }

    /// @dev Mostly the next one; sometimes the last again, or one ahead.
    function _nonce(uint256 account) private returns (uint256) {
        uint256 next = _nonces[account];
        if (!_rarely(6)) return next;
        return _rarely(2) && next > 0 ? next - 1 : next + 1;
    }

    /// @dev The members that every struct begins with.
    function _whom(Relayed memory it) private view returns (bytes memory) {
        return abi.encode(accounts[it.issuer], accounts[it.account], it.root);
    }

    function _marks(Relayed memory it) private view returns (bytes4) {
        return _marking(it.issuer, it.batch, it.word, it.mask);
    }

    /// @dev Signed by the operator, now and then by another; faults in the order in which the registry looks for them.
    function _relay(
        Relayed memory it,
        bytes4 otherwise,
        uint256 writes,
        uint256 spender
    ) private returns (bool) {
        uint256 signer = _rarely(12) ? (it.account + 1) % ACCOUNTS : it.account;
        bytes4 fault = otherwise;
        if (signer != it.account)
            fault = ICertificateRegistry.CertificateRegistryBadSignature.selector;
        if (it.deadline < time) fault = ICertificateRegistry.CertificateRegistryExpired.selector;
        if (spender != ACCOUNTS && it.nonce != _nonces[it.account]) {
            fault = ICertificateRegistry.CertificateRegistryBadNonce.selector;
        }
        fault = _allowing(it.issuer, it.account, it.role, fault);
        bytes memory signature = _sign(_keys[signer], address(registry), it.typeHash, it.members);
        bytes memory data = bytes.concat(it.selector, it.members, _dynamic(it.members, signature));
        return _call(it.action, it.issuer, RELAYER, data, fault, writes, spender);
    }

    /// @dev The last argument of every relayed call: where it stands, its 65 bytes, and what fills their third word.
    function _dynamic(
        bytes memory members,
        bytes memory signature
    ) private pure returns (bytes memory) {
        return abi.encodePacked(members.length + 32, signature.length, signature, bytes31(0));
    }
}
