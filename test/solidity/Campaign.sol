// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICertificateRegistry} from "../../contracts/ICertificateRegistry.sol";
import {RelayHandler} from "./RelayHandler.sol";
import {Trees} from "./Trees.sol";

/// @title The handler, and whether what the registry says now is what the model says.
contract Campaign is RelayHandler {
    bytes32[][BATCHES] private _heaps;

    constructor() {
        for (uint256 b = 0; b < BATCHES; ++b) _heaps[b] = Trees.heapOf(b, sizes[b]);
    }

    function checkRecords() external view {
        for (uint256 i = 0; i < ISSUERS; ++i) {
            for (uint256 b = 0; b < BATCHES; ++b) {
                bytes memory seen = abi.encode(registry.anchorOf(accounts[i], roots[b]));
                _assertSame(seen, abi.encode(_anchors[i][b]), "an anchor");
            }
            _assertTrue(registry.anchorOf(accounts[i], 0).anchoredAt == 0, "root 0 is anchored");
            for (uint256 a = 0; a < ACCOUNTS; ++a) {
                ICertificateRegistry.Operator memory operator = registry.operatorOf(
                    accounts[i],
                    accounts[a]
                );
                _assertEq(operator.closedSince, _closedSince[i][a], "closedSince");
                _assertEq(operator.roles, _roles[i][a], "roles");
            }
        }
    }

    function checkStatus() external view {
        for (uint256 i = 0; i < ISSUERS; ++i) {
            for (uint256 b = 0; b < BATCHES; ++b) {
                for (uint256 w = 0; w < WORDS; ++w) {
                    (uint256 revoked, uint256 suspended) = registry.statusOf(
                        accounts[i],
                        roots[b],
                        w
                    );
                    _assertEq(revoked, _revoked[i][b][w], "revoked bits");
                    _assertEq(suspended, _suspended[i][b][w], "suspended bits");
                }
            }
        }
    }

    /// @dev The first, the last, and one certificate of each batch, with its own path and with another's commitment.
    function checkVerify() external view {
        for (uint256 i = 0; i < ISSUERS; ++i) {
            for (uint256 b = 0; b < BATCHES; ++b) {
                _checkVerify(i, b, 0);
                _checkVerify(i, b, sizes[b] - 1);
                _checkVerify(i, b, time % sizes[b]);
            }
        }
    }

    function checkTrust() external view {
        for (uint256 i = 0; i < ISSUERS; ++i) {
            _assertTrue(registry.profileOf(accounts[i]) == _profiles[i], "a profile");
            for (uint256 k = 0; k < ISSUERS; ++k) {
                bytes memory seen = abi.encode(registry.accreditationsOf(accounts[i], accounts[k]));
                _assertSame(seen, abi.encode(_periods[i][k]), "an accreditation");
            }
        }
        for (uint256 a = 0; a < ACCOUNTS; ++a) {
            _assertEq(registry.nonceOf(accounts[a]), _nonces[a], "a nonce");
        }
    }

    function checkBalance() external view {
        _assertEq(address(registry).balance, 0, "the registry's balance");
        _assertEq(anchoredEvents, anchorsWritten, "anchor events and anchors written");
    }

    function _checkVerify(uint256 issuer, uint256 batch, uint256 index) private view {
        bytes32[] memory path = Trees.pathOf(_heaps[batch], index);
        bytes32 commitment = Trees.commitmentOf(batch, index);
        address account = accounts[issuer];
        bool answer = registry.verify(account, roots[batch], index, commitment, path);
        _assertTrue(answer == _stands(issuer, batch, index), "verify");
        bool forged = registry.verify(account, roots[batch], index, keccak256("other"), path);
        _assertTrue(!forged, "verify of another's commitment");
    }

    function _assertSame(bytes memory seen, bytes memory wanted, string memory what) private pure {
        _assertTrue(keccak256(seen) == keccak256(wanted), what);
    }
}
