// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICertificateRegistry} from "../../contracts/ICertificateRegistry.sol";
import {Fuzzing} from "./Fuzzing.sol";

/// @title Status bits against one boolean for each certificate, for any size, word and mask.
contract StatusTest is Fuzzing {
    uint256 private constant WORD = 3;

    bool[256] private _revoked;
    bool[256] private _suspended;

    function testABitStandsForACertificate(uint256 size, uint256 word, uint256 mask) external {
        size = _within(size, 1, type(uint32).max);
        word = _nearTheEnd(word, size);
        _registry.anchor(address(this), ROOT, uint32(size));
        bool sound = _areCertificates(word, mask, size);
        bytes4 fault =
            sound ? bytes4(0) : ICertificateRegistry.CertificateRegistryOutOfRange.selector;
        bytes[3] memory calls = [
            abi.encodeCall(_registry.suspend, (address(this), ROOT, word, mask, 0)),
            abi.encodeCall(_registry.reinstate, (address(this), ROOT, word, mask)),
            abi.encodeCall(_registry.revoke, (address(this), ROOT, word, mask, 0))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            _assertTrue(_faultOf(address(this), calls[i]) == fault, "refused exactly if beyond");
        }
        (uint256 revoked, uint256 suspended) = _registry.statusOf(address(this), ROOT, word);
        _assertEq(revoked, sound ? mask : 0, "revoked");
        _assertEq(suspended, 0, "suspended");
    }

    function testTheLastCertificateIsTheLastBit(uint32 size) external {
        size = uint32(_within(size, 1, type(uint32).max));
        _registry.anchor(address(this), ROOT, size);
        uint256 last = uint256(size) - 1;
        bytes memory good = abi.encodeCall(
            _registry.revoke,
            (address(this), ROOT, last / 256, 1 << (last % 256), 0)
        );
        bytes memory beyond = abi.encodeCall(
            _registry.revoke,
            (address(this), ROOT, uint256(size) / 256, 1 << (uint256(size) % 256), 0)
        );
        _assertTrue(!_accepts(address(this), beyond), "beyond");
        _assertTrue(_accepts(address(this), good), "the last");
    }

    function testNothingIsRevokedThatWasNotAnchored(address issuer, uint256 mask) external {
        _registry.anchor(address(this), ROOT, 256);
        vm.assume(issuer != address(this));
        bytes4 absent = ICertificateRegistry.CertificateRegistryNotAnchored.selector;
        bytes[4] memory calls = [
            abi.encodeCall(_registry.revoke, (issuer, ROOT, 0, mask, 0)),
            abi.encodeCall(_registry.suspend, (issuer, ROOT, 0, mask, 0)),
            abi.encodeCall(_registry.reinstate, (issuer, ROOT, 0, mask)),
            abi.encodeCall(_registry.revokeBatch, (issuer, ROOT, 0))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            _assertTrue(_faultOf(issuer, calls[i]) == absent, "no record");
        }
    }

    /// @dev Each step: the lowest bits of `kinds` choose to revoke, to suspend or to reinstate.
    function testAnyCourseOfChangesIsThatOfTheBooleans(
        uint256[8] calldata masks,
        uint256[8] calldata kinds
    ) external {
        _registry.anchor(address(this), ROOT, uint32(256 * (WORD + 1)));
        for (uint256 step = 0; step < masks.length; ++step) {
            uint256 mask = kinds[step] & 4 == 0 ? masks[step] : 1 << (masks[step] % 256);
            if (mask == 0) mask = 1;
            if (kinds[step] % 3 == 0) {
                _registry.revoke(address(this), ROOT, WORD, mask, 0);
                _apply(_revoked, mask, true);
            } else if (kinds[step] % 3 == 1) {
                _registry.suspend(address(this), ROOT, WORD, mask, 0);
                _apply(_suspended, mask, true);
            } else {
                _registry.reinstate(address(this), ROOT, WORD, mask);
                _apply(_suspended, mask, false);
            }
            (uint256 revoked, uint256 suspended) = _registry.statusOf(address(this), ROOT, WORD);
            _assertEq(revoked, _wordOf(_revoked), "revoked");
            _assertEq(suspended, _wordOf(_suspended), "suspended");
        }
    }

    function testSeveralWordsAreEachWhatOneCallWouldDo(
        uint256[4] calldata masks,
        uint8[4] calldata places
    ) external {
        bytes32 other = keccak256("the same, one by one");
        _registry.anchor(address(this), ROOT, 65_536);
        _registry.anchor(address(this), other, 65_536);
        uint256[] memory words = new uint256[](masks.length);
        uint256[] memory bits = new uint256[](masks.length);
        for (uint256 i = 0; i < masks.length; ++i) {
            (words[i], bits[i]) = (places[i], masks[i] == 0 ? 1 : masks[i]);
            _registry.revoke(address(this), other, words[i], bits[i], 0);
        }
        _registry.revokeMany(address(this), ROOT, words, bits, 0);
        for (uint256 i = 0; i < masks.length; ++i) {
            (uint256 together, ) = _registry.statusOf(address(this), ROOT, words[i]);
            (uint256 singly, ) = _registry.statusOf(address(this), other, words[i]);
            _assertEq(together, singly, "revoked");
        }
    }

    function _apply(bool[256] storage bits, uint256 mask, bool value) private {
        for (uint256 i = 0; i < 256; ++i) if ((mask >> i) % 2 == 1) bits[i] = value;
    }

    function _wordOf(bool[256] storage bits) private view returns (uint256 word) {
        for (uint256 i = 0; i < 256; ++i) if (bits[i]) word += 2 ** i;
    }

    /// @dev By the words of the interface: bit i stands for certificate 256·word + i, of which there are `size`.
    function _areCertificates(
        uint256 word,
        uint256 mask,
        uint256 size
    ) private pure returns (bool) {
        for (uint256 i = 0; i < 256; ++i) {
            if ((mask >> i) % 2 == 0) continue;
            if (word > (type(uint256).max - i) / 256 || 256 * word + i >= size) return false;
        }
        return mask != 0;
    }

    /// @dev Mostly the last words of the batch and the first beyond it; now and then any.
    function _nearTheEnd(uint256 value, uint256 size) private pure returns (uint256) {
        if (value % 8 == 0) return value;
        uint256 end = size / 256 + 1;
        return end - _within(value, 0, end > 3 ? 3 : end);
    }
}
