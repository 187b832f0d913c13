// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICertificateRegistry} from "../../contracts/ICertificateRegistry.sol";
import {Observer} from "./Observer.sol";
import {Vm} from "./Vm.sol";

/// @title Draws the arguments of a call from a seed, makes it, and compares what it came to with what the model foresaw.
abstract contract Caller is Observer {
    address internal constant RELAYER = address(0xBEEF);
    uint8 internal constant ANCHORING = 1;
    uint8 internal constant SUSPENDING = 2;
    uint8 internal constant REVOKING = 4;

    /// @notice How often each kind of call succeeded, and how often one was refused as foreseen.
    mapping(string action => uint256) public successes;
    mapping(string action => uint256) public refusals;
    uint256 public calls;
    uint256 public anchoredEvents;
    uint256 public anchorsWritten;
    /// @notice How often an anchor of root 0 was asked for by one who may; each was refused.
    uint256 public zeroRoots;
    uint256 public time = 1_800_000_000;

    uint256 private _entropy;
    mapping(uint256 account => mapping(uint256 nonce => bool)) private _spent;

    modifier drawing(uint256 seed) {
        _entropy = seed;
        time += _draw(3);
        vm.warp(time);
        _;
    }

    function _draw(uint256 below) internal returns (uint256) {
        _entropy = uint256(keccak256(abi.encode(_entropy)));
        return _entropy % below;
    }

    /// @dev True once in `n`.
    function _rarely(uint256 n) internal returns (bool) {
        return _draw(n) == 0;
    }

    /// @dev Mostly somebody who may, so that calls succeed; sometimes anybody, so that refusals are seen.
    function _actor(uint256 issuer, uint8 role) internal returns (uint256 account) {
        account = _draw(ACCOUNTS);
        if (_rarely(8)) return account;
        for (uint256 i = 0; i < ACCOUNTS; ++i) {
            uint256 candidate = (account + i) % ACCOUNTS;
            if (_mayAct(issuer, candidate, role)) return candidate;
        }
    }

    /// @dev Mostly a batch that the issuer has a record of.
    function _known(uint256 issuer) internal returns (uint256 batch) {
        batch = _draw(BATCHES);
        if (_rarely(8)) return batch;
        for (uint256 i = 0; i < BATCHES; ++i) {
            uint256 candidate = (batch + i) % BATCHES;
            if (_anchors[issuer][candidate].size != 0) return candidate;
        }
    }

    function _size(uint256 batch) internal returns (uint32) {
        if (_rarely(16)) return 0;
        return _rarely(8) ? uint32(1 + _draw(600)) : sizes[batch];
    }

    /// @dev Mostly the batch's; now and then none at all, which nobody may anchor.
    function _root(uint256 batch) internal returns (bytes32) {
        return _rarely(16) ? bytes32(0) : roots[batch];
    }

    function _word() internal returns (uint256) {
        return
            _rarely(16)
                ? _draw(type(uint256).max)
                : _rarely(3)
                    ? 1
                    : 0;
    }

    /// @dev Mostly bits that the batch has.
    function _mask(uint256 issuer, uint256 batch, uint256 word) internal returns (uint256 mask) {
        mask = _draw(type(uint256).max);
        uint256 size = _anchors[issuer][batch].size;
        if (_rarely(16) || word >= WORDS || size <= word * 256) return mask;
        uint256 room = size - word * 256;
        if (room < 256) mask &= (1 << room) - 1;
        return mask == 0 && !_rarely(4) ? 1 : mask;
    }

    /// @dev Mostly a little before now, or before the cut-off so far.
    function _since(uint40 current) internal returns (uint40) {
        if (_rarely(16)) return 0;
        if (current > 5 && _rarely(2)) return uint40(current - _draw(5));
        return _rarely(8) ? uint40(time + 1 + _draw(9)) : uint40(time - _draw(30));
    }

    /// @dev Authority first, then whatever the call itself comes to.
    function _allowing(
        uint256 issuer,
        uint256 account,
        uint8 role,
        bytes4 otherwise
    ) internal view returns (bytes4) {
        if (_mayAct(issuer, account, role)) return otherwise;
        return ICertificateRegistry.CertificateRegistryNotAllowed.selector;
    }

    function _call(
        string memory action,
        uint256 issuer,
        address sender,
        bytes memory data,
        bytes4 foreseen
    ) internal returns (bool) {
        return _call(action, issuer, sender, data, foreseen, 0, ACCOUNTS);
    }

    /// @dev What anchoring `root` in a batch's place comes to for one who may.
    function _anchoringRoot(
        uint256 issuer,
        uint256 batch,
        bytes32 root,
        uint32 size
    ) internal view returns (bytes4 fault, bool writes) {
        if (root != 0) return _anchoring(issuer, batch, size);
        return (ICertificateRegistry.CertificateRegistryOutOfRange.selector, false);
    }

    /// @dev Makes the call; `writes` is the number of anchors that it should write, `spender` whose nonce it should use.
    function _call(
        string memory action,
        uint256 issuer,
        address sender,
        bytes memory data,
        bytes4 foreseen,
        uint256 writes,
        uint256 spender
    ) internal returns (bool succeeded) {
        View memory old = _look();
        bytes memory answer;
        vm.recordLogs();
        vm.prank(sender);
        // solhint-disable-next-line avoid-low-level-calls
        (succeeded, answer) = address(registry).call(data);
        _assertTrue(
            _selectorOf(succeeded, answer) == foreseen,
            string.concat(action, " surprised")
        );

        // The runner records the events of reverted calls too; a chain does not.
        uint256 events = succeeded ? _countAnchored() : 0;
        _assertEq(events, succeeded ? writes : 0, "the events of anchors");
        anchoredEvents += events;
        anchorsWritten += succeeded ? writes : 0;
        ++calls;
        if (succeeded) ++successes[action];
        else ++refusals[action];

        View memory seen = _look();
        _judge(old, seen, issuer);
        _judgeNonces(old, seen, succeeded ? spender : ACCOUNTS);
    }

    function _judgeNonces(View memory old, View memory seen, uint256 spender) private {
        for (uint256 a = 0; a < ACCOUNTS; ++a) {
            _assertEq(seen.nonces[a], old.nonces[a] + (a == spender ? 1 : 0), "a nonce");
        }
        if (spender == ACCOUNTS) return;
        _assertTrue(!_spent[spender][old.nonces[spender]], "a nonce was used twice");
        _spent[spender][old.nonces[spender]] = true;
    }

    function _countAnchored() private returns (uint256 count) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            _assertTrue(logs[i].emitter == address(registry), "an event of another contract");
            if (logs[i].topics[0] == ICertificateRegistry.Anchored.selector) ++count;
        }
    }
}
