// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICertificateRegistry} from "../../contracts/ICertificateRegistry.sol";
import {Model} from "./Model.sol";

/// @title Looks at the registry before and after every call, and judges the step without asking the model.
abstract contract Observer is Model {
    struct BatchView {
        ICertificateRegistry.Anchor record;
        uint256[WORDS] revoked;
        uint256[WORDS] suspended;
    }

    struct Namespace {
        BatchView[BATCHES] batches;
        ICertificateRegistry.Operator[ACCOUNTS] operators;
        ICertificateRegistry.Accreditation[][ISSUERS] periods;
        bytes32 profile;
    }

    struct View {
        Namespace[ISSUERS] namespaces;
        uint256[ACCOUNTS] nonces;
    }

    // solhint-disable-next-line immutable-vars-naming
    ICertificateRegistry public immutable registry = _newRegistry();

    function _look() internal view returns (View memory seen) {
        for (uint256 i = 0; i < ISSUERS; ++i) {
            _lookAtBatches(accounts[i], seen.namespaces[i].batches);
            _lookAtTrust(accounts[i], seen.namespaces[i]);
        }
        for (uint256 a = 0; a < ACCOUNTS; ++a) seen.nonces[a] = registry.nonceOf(accounts[a]);
    }

    function _lookAtBatches(address issuer, BatchView[BATCHES] memory batches) private view {
        for (uint256 b = 0; b < BATCHES; ++b) {
            batches[b].record = registry.anchorOf(issuer, roots[b]);
            for (uint256 w = 0; w < WORDS; ++w) {
                (uint256 revoked, uint256 suspended) = registry.statusOf(issuer, roots[b], w);
                (batches[b].revoked[w], batches[b].suspended[w]) = (revoked, suspended);
            }
        }
    }

    function _lookAtTrust(address issuer, Namespace memory namespace) private view {
        namespace.profile = registry.profileOf(issuer);
        for (uint256 a = 0; a < ACCOUNTS; ++a) {
            namespace.operators[a] = registry.operatorOf(issuer, accounts[a]);
        }
        for (uint256 k = 0; k < ISSUERS; ++k) {
            namespace.periods[k] = registry.accreditationsOf(issuer, accounts[k]);
        }
    }

    function _digestOf(Namespace memory namespace) private pure returns (bytes32 digest) {
        digest = keccak256(abi.encode(namespace.batches, namespace.profile));
        for (uint256 a = 0; a < ACCOUNTS; ++a) {
            digest = keccak256(abi.encode(digest, namespace.operators[a]));
        }
        for (uint256 k = 0; k < ISSUERS; ++k) {
            digest = keccak256(abi.encode(digest, namespace.periods[k]));
        }
    }

    /// @dev `issuer` is the namespace that the call was about: no other may change.
    function _judge(View memory old, View memory seen, uint256 issuer) internal view {
        for (uint256 i = 0; i < ISSUERS; ++i) {
            if (i != issuer) {
                bool same = _digestOf(old.namespaces[i]) == _digestOf(seen.namespaces[i]);
                _assertTrue(same, "a call changed another namespace");
            }
        }
        Namespace memory was = old.namespaces[issuer];
        Namespace memory is_ = seen.namespaces[issuer];
        for (uint256 b = 0; b < BATCHES; ++b) {
            _judgeRecord(was, was.batches[b].record, is_.batches[b].record, issuer);
            _judgeBits(was.batches[b], is_.batches[b]);
        }
        for (uint256 a = 0; a < ACCOUNTS; ++a) {
            _judgeCutOff(was.operators[a].closedSince, is_.operators[a].closedSince);
        }
        for (uint256 k = 0; k < ISSUERS; ++k) _judgePeriods(was.periods[k], is_.periods[k]);
    }

    function _judgeRecord(
        Namespace memory was,
        ICertificateRegistry.Anchor memory old,
        ICertificateRegistry.Anchor memory seen,
        uint256 issuer
    ) private view {
        _assertTrue(seen.revoked || !old.revoked, "the flag of a revoked batch was lifted");
        bool same =
            old.operator == seen.operator &&
                old.anchoredAt == seen.anchoredAt &&
                old.size == seen.size;
        if (same) return;

        if (old.anchoredAt != 0) {
            uint40 retired = was.operators[issuer].closedSince;
            uint40 closed = was.operators[_indexOf(old.operator)].closedSince;
            bool void_ =
                (retired != 0 && retired <= old.anchoredAt) ||
                    (closed != 0 && closed <= old.anchoredAt);
            _assertTrue(void_, "a standing anchor changed");
        }
        _assertTrue(seen.size != 0, "an anchor without a size");
        _assertEq(seen.anchoredAt, block.timestamp, "the anchor's time");
        uint256 writer = _indexOf(seen.operator);
        _assertEq(was.operators[writer].closedSince, 0, "a closed operator anchored");
        bool held = writer == issuer || was.operators[writer].roles & 1 == 1;
        _assertTrue(held, "an operator anchored without its role");
    }

    function _judgeBits(BatchView memory old, BatchView memory seen) private pure {
        for (uint256 w = 0; w < WORDS; ++w) {
            _assertEq(old.revoked[w] & ~seen.revoked[w], 0, "a revocation was lifted");
            uint256 added =
                (seen.revoked[w] & ~old.revoked[w]) | (seen.suspended[w] & ~old.suspended[w]);
            uint256 size = old.record.size;
            uint256 room = size > w * 256 ? size - w * 256 : 0;
            _assertTrue(room >= 256 || added >> room == 0, "a bit at or beyond the size");
        }
    }

    function _judgeCutOff(uint40 old, uint40 seen) private view {
        if (old != 0) _assertTrue(seen != 0 && seen <= old, "a cut-off moved later");
        _assertTrue(seen <= block.timestamp, "a cut-off in the future");
    }

    function _judgePeriods(
        ICertificateRegistry.Accreditation[] memory old,
        ICertificateRegistry.Accreditation[] memory seen
    ) private view {
        _assertTrue(seen.length >= old.length, "a period went away");
        for (uint256 p = 0; p < old.length; ++p) {
            _judgeCutOff(old[p].withdrawnSince, seen[p].withdrawnSince);
            bool same =
                old[p].from == seen[p].from &&
                    old[p].until == seen[p].until &&
                    old[p].digest == seen[p].digest;
            _assertTrue(same, "a period changed");
        }
    }
}
