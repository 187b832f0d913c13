// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICertificateRegistry} from "../../contracts/ICertificateRegistry.sol";
import {Caller} from "./Caller.sol";

/// @title The calls that keys make themselves, drawn from seeds.
contract Handler is Caller {
    constructor() {
        vm.warp(time);
        uint8[ACCOUNTS] memory roles = [uint8(0), 0, 0, 1, 1, 6, 4, 2, 7];
        for (uint256 i = 0; i < ISSUERS; ++i) {
            for (uint256 a = ISSUERS; a < ACCOUNTS; ++a) {
                vm.prank(accounts[i]);
                registry.setOperator(accounts[a], roles[a]);
                _roles[i][a] = roles[a];
            }
        }
    }

    function anchor(uint256 seed) external drawing(seed) {
        uint256 i = _draw(ISSUERS);
        uint256 b = _draw(BATCHES);
        uint256 a = _actor(i, ANCHORING);
        uint32 size = _size(b);
        bytes32 root = _root(b);
        (bytes4 fault, bool writes) = _anchoringRoot(i, b, root, size);
        bytes memory data = abi.encodeCall(registry.anchor, (accounts[i], root, size));
        fault = _allowing(i, a, ANCHORING, fault);
        if (root == 0 && _mayAct(i, a, ANCHORING)) ++zeroRoots;
        bool done = _call("anchor", i, accounts[a], data, fault, writes ? 1 : 0, ACCOUNTS);
        if (done && writes) _write(i, a, b, size);
    }

    function anchorMany(uint256 seed) external drawing(seed) {
        uint256 i = _draw(ISSUERS);
        uint256 b = _draw(BATCHES);
        uint256 c = (b + 1) % BATCHES;
        uint256 a = _actor(i, ANCHORING);
        bytes32[] memory some = new bytes32[](2);
        uint32[] memory counts = new uint32[](2);
        (some[0], some[1]) = (_root(b), _root(c));
        (counts[0], counts[1]) = (_size(b), _size(c));
        (bytes4 fault, bool writes) = _anchoringRoot(i, b, some[0], counts[0]);
        (bytes4 second, bool writesToo) = _anchoringRoot(i, c, some[1], counts[1]);
        fault = _allowing(i, a, ANCHORING, fault == 0 ? second : fault);
        bytes memory data = abi.encodeCall(registry.anchorMany, (accounts[i], some, counts));
        uint256 total = (writes ? 1 : 0) + (writesToo ? 1 : 0);
        if (!_call("anchorMany", i, accounts[a], data, fault, total, ACCOUNTS)) return;
        if (writes) _write(i, a, b, counts[0]);
        if (writesToo) _write(i, a, c, counts[1]);
    }

    function setOperator(uint256 seed) external drawing(seed) {
        uint256 i = _draw(ISSUERS);
        uint256 a = _draw(ACCOUNTS);
        uint8 roles = uint8(_draw(9));
        bytes4 fault = 0;
        if (a == i || roles > 7)
            fault = ICertificateRegistry.CertificateRegistryOutOfRange.selector;
        else if (_closedSince[i][a] != 0) {
            fault = ICertificateRegistry.CertificateRegistryClosed.selector;
        }
        bytes memory data = abi.encodeCall(registry.setOperator, (accounts[a], roles));
        if (_call("setOperator", i, accounts[i], data, fault)) _roles[i][a] = roles;
    }

    /// @dev One operator is closed again and again; the others seldom, so that somebody is left to act.
    function closeOperator(uint256 seed) external drawing(seed) {
        uint256 a = _rarely(12) ? ISSUERS + _draw(ACCOUNTS - ISSUERS) : 4;
        _close("closeOperator", _draw(ISSUERS), a);
    }

    /// @dev Only the third issuer retires.
    function retire(uint256 seed) external drawing(seed) {
        _close("retire", 2, 2);
    }

    function setProfile(uint256 seed) external drawing(seed) {
        uint256 i = _draw(ISSUERS);
        bytes32 digest = bytes32(_rarely(8) ? 0 : _draw(type(uint256).max));
        bytes4 fault =
            digest == 0 ? ICertificateRegistry.CertificateRegistryOutOfRange.selector : bytes4(0);
        bytes memory data = abi.encodeCall(registry.setProfile, (digest, "https://issuer.example"));
        if (_call("setProfile", i, accounts[i], data, fault)) _profiles[i] = digest;
    }

    function accredit(uint256 seed) external drawing(seed) {
        uint256 i = _draw(ISSUERS);
        uint256 k = _draw(ISSUERS);
        Period memory period = Period(uint40(_draw(99)), uint40(_draw(999)), 0, bytes32(_draw(9)));
        bytes4 fault =
            i == k || period.from >= period.until
                ? ICertificateRegistry.CertificateRegistryOutOfRange.selector
                : bytes4(0);
        bytes memory data = abi.encodeCall(
            registry.accredit,
            (accounts[k], period.from, period.until, period.digest, "")
        );
        if (_call("accredit", i, accounts[i], data, fault)) _periods[i][k].push(period);
    }

    function withdraw(uint256 seed) external drawing(seed) {
        uint256 i = _draw(ISSUERS);
        uint256 k = (i + 1 + _draw(2)) % ISSUERS;
        uint256 count = _periods[i][k].length;
        uint256 p = _draw(count + 1);
        if (p == count && count > 0 && !_rarely(4)) p = 0;
        uint40 since = _since(p < count ? _periods[i][k][p].withdrawnSince : 0);
        bytes4 fault =
            p >= count
                ? ICertificateRegistry.CertificateRegistryOutOfRange.selector
                : _cutting(_periods[i][k][p].withdrawnSince, since);
        bytes memory data = abi.encodeCall(registry.withdraw, (accounts[k], p, since));
        if (_call("withdraw", i, accounts[i], data, fault)) {
            _periods[i][k][p].withdrawnSince = since;
        }
    }

    function revoke(uint256 seed) external drawing(seed) {
        uint256 i = _draw(ISSUERS);
        (uint256 b, uint256 w) = (_known(i), _word());
        uint256 mask = _mask(i, b, w);
        uint256 a = _actor(i, REVOKING);
        bytes4 fault = _allowing(i, a, REVOKING, _marking(i, b, w, mask));
        bytes memory data = abi.encodeCall(registry.revoke, (accounts[i], roots[b], w, mask, 1));
        if (_call("revoke", i, accounts[a], data, fault)) _revoked[i][b][w] |= mask;
    }

    function revokeMany(uint256 seed) external drawing(seed) {
        (uint256 i, uint256 b) = (_draw(ISSUERS), _rarely(3) ? _draw(BATCHES) : 3);
        uint256 a = _actor(i, REVOKING);
        uint256[] memory words = new uint256[](2);
        uint256[] memory masks = new uint256[](2);
        (words[0], words[1]) = (_word(), _word());
        (masks[0], masks[1]) = (_mask(i, b, words[0]), _mask(i, b, words[1]));
        bytes4 fault = _marking(i, b, words[0], masks[0]);
        if (fault == 0) fault = _marking(i, b, words[1], masks[1]);
        fault = _allowing(i, a, REVOKING, fault);
        bytes memory data = abi.encodeCall(
            registry.revokeMany,
            (accounts[i], roots[b], words, masks, 2)
        );
        if (!_call("revokeMany", i, accounts[a], data, fault)) return;
        for (uint256 k = 0; k < 2; ++k) _revoked[i][b][words[k]] |= masks[k];
    }

    /// @dev Mostly one batch, so that others stay to be verified.
    function revokeBatch(uint256 seed) external drawing(seed) {
        (uint256 i, uint256 b) = (_draw(ISSUERS), _rarely(8) ? _draw(BATCHES) : 1);
        uint256 a = _actor(i, REVOKING);
        bytes4 fault = _allowing(i, a, REVOKING, _recorded(i, b));
        bytes memory data = abi.encodeCall(registry.revokeBatch, (accounts[i], roots[b], 3));
        if (_call("revokeBatch", i, accounts[a], data, fault)) _anchors[i][b].revoked = true;
    }

    function suspend(uint256 seed) external drawing(seed) {
        uint256 i = _draw(ISSUERS);
        (uint256 b, uint256 w) = (_known(i), _word());
        uint256 mask = _mask(i, b, w);
        uint256 a = _actor(i, SUSPENDING);
        bytes4 fault = _allowing(i, a, SUSPENDING, _marking(i, b, w, mask));
        bytes memory data = abi.encodeCall(registry.suspend, (accounts[i], roots[b], w, mask, 4));
        if (_call("suspend", i, accounts[a], data, fault)) _suspended[i][b][w] |= mask;
    }

    function reinstate(uint256 seed) external drawing(seed) {
        uint256 i = _draw(ISSUERS);
        (uint256 b, uint256 w) = (_known(i), _word());
        uint256 mask = _mask(i, b, w);
        uint256 a = _actor(i, SUSPENDING);
        bytes4 fault = _allowing(i, a, SUSPENDING, _marking(i, b, w, mask));
        bytes memory data = abi.encodeCall(registry.reinstate, (accounts[i], roots[b], w, mask));
        if (_call("reinstate", i, accounts[a], data, fault)) _suspended[i][b][w] &= ~mask;
    }

    /// @dev Nothing accepts ether; the refusal carries no words.
    function sendEther(uint256 seed) external drawing(seed) {
        vm.deal(RELAYER, 1 ether);
        vm.prank(RELAYER);
        (bool taken, ) = address(registry).call{value: 1 + _draw(1 ether)}("");
        _assertTrue(!taken, "the registry took ether");
        ++refusals["sendEther"];
        ++calls;
    }

    function _close(string memory action, uint256 issuer, uint256 account) private {
        uint40 since = _since(_closedSince[issuer][account]);
        bytes4 fault = _cutting(_closedSince[issuer][account], since);
        bytes memory data = abi.encodeCall(registry.closeOperator, (accounts[account], since));
        if (!_call(action, issuer, accounts[issuer], data, fault)) return;
        _closedSince[issuer][account] = since;
        _roles[issuer][account] = 0;
    }

    function _recorded(uint256 issuer, uint256 batch) internal view returns (bytes4) {
        if (_anchors[issuer][batch].size != 0) return 0;
        return ICertificateRegistry.CertificateRegistryNotAnchored.selector;
    }
}
