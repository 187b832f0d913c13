// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {ICertificateRegistry} from "../../contracts/ICertificateRegistry.sol";
import {Fuzzing} from "./Fuzzing.sol";

/// @title Signatures by any key: what they allow, once or often, here or elsewhere, and what one changed bit does.
contract RelayedTest is Fuzzing {
    uint256 private constant ORDER =
        0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    bytes4 private constant BAD = ICertificateRegistry.CertificateRegistryBadSignature.selector;

    function testAnyOperatorsSignatureAnchors(
        uint256 key,
        bytes32 root,
        uint32 size,
        uint256 deadline
    ) external {
        vm.assume(root != 0);
        address operator = _operator(key, 1);
        size = uint32(_within(size, 1, type(uint32).max));
        bytes memory data = _anchorFor(key, operator, root, size, deadline);
        bytes4 fault =
            deadline < block.timestamp
                ? ICertificateRegistry.CertificateRegistryExpired.selector
                : bytes4(0);
        _assertTrue(_faultOf(address(0xBEEF), data) == fault, "accepted until its deadline");
        ICertificateRegistry.Anchor memory record = _registry.anchorOf(address(this), root);
        _assertTrue(record.operator == (fault == 0 ? operator : address(0)), "the signer");
        _assertEq(record.size, fault == 0 ? size : 0, "size");
    }

    function testAnotherKeysSignatureDoesNot(uint256 key, uint256 other) external {
        address operator = _operator(key, 1);
        vm.assume(vm.addr(_key(other)) != operator);
        bytes memory data = _anchorFor(other, operator, ROOT, 1, type(uint256).max);
        _assertTrue(_faultOf(address(0xBEEF), data) == BAD, "another's");
    }

    function testOneChangedBitOfTheSignatureIsTooMany(uint256 key, uint256 bit) external {
        address operator = _operator(key, 1);
        bytes memory signature = _signature(key, operator, ROOT, 1, type(uint256).max);
        bit %= 8 * signature.length;
        signature[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        bytes memory data = abi.encodeCall(
            _registry.anchorFor,
            (address(this), operator, ROOT, 1, type(uint256).max, signature)
        );
        _assertTrue(_faultOf(address(0xBEEF), data) == BAD, "one bit");
    }

    function testOtherFormsOfTheSignatureAreNone(uint256 key, uint256 length) external {
        address operator = _operator(key, 1);
        bytes memory good = _signature(key, operator, ROOT, 1, type(uint256).max);
        (bytes32 r, bytes32 s, uint8 v) = (_wordAt(good, 0), _wordAt(good, 1), uint8(good[64]));
        bytes memory cut = new bytes(_within(length, 0, 200));
        for (uint256 i = 0; i < cut.length && i < 65; ++i) cut[i] = good[i];
        bytes[3] memory forms = [
            abi.encodePacked(r, ORDER - uint256(s), v == 27 ? uint8(28) : uint8(27)),
            abi.encodePacked(r, uint256(s) | (uint256(v - 27) << 255)),
            cut.length == 65 ? bytes("") : cut
        ];
        for (uint256 i = 0; i < forms.length; ++i) {
            bytes memory data = abi.encodeCall(
                _registry.anchorFor,
                (address(this), operator, ROOT, 1, type(uint256).max, forms[i])
            );
            _assertTrue(_faultOf(address(0xBEEF), data) == BAD, "another form");
        }
    }

    function testASignatureIsForOneChain(uint256 key, uint64 chain) external {
        vm.assume(chain != block.chainid && chain != 0);
        address operator = _operator(key, 1);
        bytes memory data = _anchorFor(key, operator, ROOT, 1, type(uint256).max);
        // Asked of the registry: the optimiser may read `block.chainid` anew after the change.
        (, , , uint256 home, , , ) = IERC5267(address(_registry)).eip712Domain();
        vm.chainId(chain);
        _assertTrue(_faultOf(address(0xBEEF), data) == BAD, "elsewhere");
        vm.chainId(home);
        _assertTrue(_faultOf(address(0xBEEF), data) == 0, "at home");
    }

    function testARelayedRevocationAddsAndRepeatsNothing(
        uint256 key,
        uint256 first,
        uint256 second
    ) external {
        address operator = _operator(key, 4);
        (first, second) = (first == 0 ? 1 : first, second == 0 ? 1 : second);
        _registry.anchor(address(this), ROOT, 256);
        bytes[2] memory calls = [
            _revokeFor(key, operator, first),
            _revokeFor(key, operator, second)
        ];
        for (uint256 i = 0; i < 4; ++i) {
            vm.recordLogs();
            _assertTrue(_faultOf(address(0xBEEF), calls[i % 2]) == 0, "accepted");
            bool adds = i == 0 || (i == 1 && second & ~first != 0);
            _assertEq(vm.getRecordedLogs().length, adds ? 1 : 0, "events");
        }
        (uint256 revoked, ) = _registry.statusOf(address(this), ROOT, 0);
        _assertEq(revoked, first | second, "revoked");
    }

    /// @dev The bits of `course` say, turn by turn, whether a suspension or a reinstatement comes; `tries` its nonce.
    function testNoncesRunInOrder(uint256 key, uint256 course, uint8[12] calldata tries) external {
        address operator = _operator(key, 2);
        _registry.anchor(address(this), ROOT, 256);
        uint256 next = 0;
        bool suspended = false;
        for (uint256 i = 0; i < tries.length; ++i) {
            uint256 nonce = tries[i] % 4 == 0 ? tries[i] % 16 : next;
            bool suspends = (course >> i) % 2 == 0;
            bytes memory data =
                suspends ? _suspendFor(key, operator, nonce) : _reinstateFor(key, operator, nonce);
            bytes4 fault =
                nonce == next
                    ? bytes4(0)
                    : ICertificateRegistry.CertificateRegistryBadNonce.selector;
            _assertTrue(_faultOf(address(0xBEEF), data) == fault, "accepted exactly in turn");
            if (fault == 0) (next, suspended) = (next + 1, suspends);
            (, uint256 word) = _registry.statusOf(address(this), ROOT, 0);
            _assertEq(word, suspended ? 1 : 0, "suspended");
            _assertEq(_registry.nonceOf(operator), next, "nonce");
        }
    }

    /// @dev An operator of this contract with these roles.
    function _operator(uint256 key, uint8 roles) private returns (address operator) {
        operator = vm.addr(_key(key));
        _registry.setOperator(operator, roles);
    }

    function _anchorFor(
        uint256 key,
        address operator,
        bytes32 root,
        uint32 size,
        uint256 deadline
    ) private view returns (bytes memory) {
        bytes memory signature = _signature(key, operator, root, size, deadline);
        return
            abi.encodeCall(
                _registry.anchorFor,
                (address(this), operator, root, size, deadline, signature)
            );
    }

    function _signature(
        uint256 key,
        address operator,
        bytes32 root,
        uint32 size,
        uint256 deadline
    ) private view returns (bytes memory) {
        bytes memory members = abi.encode(address(this), operator, root, size, deadline);
        return _sign(_key(key), address(_registry), ANCHOR, members);
    }

    function _revokeFor(
        uint256 key,
        address operator,
        uint256 mask
    ) private view returns (bytes memory) {
        uint256 never = type(uint256).max;
        bytes memory members = abi.encode(address(this), operator, ROOT, 0, mask, 5, never);
        bytes memory signature = _sign(_key(key), address(_registry), REVOKE, members);
        return
            abi.encodeCall(
                _registry.revokeFor,
                (address(this), operator, ROOT, 0, mask, 5, never, signature)
            );
    }

    function _suspendFor(
        uint256 key,
        address operator,
        uint256 nonce
    ) private view returns (bytes memory) {
        uint256 never = type(uint256).max;
        bytes memory members = abi.encode(address(this), operator, ROOT, 0, 1, 7, nonce, never);
        bytes memory signature = _sign(_key(key), address(_registry), SUSPEND, members);
        return
            abi.encodeCall(
                _registry.suspendFor,
                (address(this), operator, ROOT, 0, 1, 7, nonce, never, signature)
            );
    }

    function _reinstateFor(
        uint256 key,
        address operator,
        uint256 nonce
    ) private view returns (bytes memory) {
        uint256 never = type(uint256).max;
        bytes memory members = abi.encode(address(this), operator, ROOT, 0, 1, nonce, never);
        bytes memory signature = _sign(_key(key), address(_registry), REINSTATE, members);
        return
            abi.encodeCall(
                _registry.reinstateFor,
                (address(this), operator, ROOT, 0, 1, nonce, never, signature)
            );
    }

    function _key(uint256 value) private pure returns (uint256) {
        return _within(value, 1, ORDER - 1);
    }

    function _wordAt(bytes memory data, uint256 word) private pure returns (bytes32 value) {
        for (uint256 i = 0; i < 32; ++i) value |= bytes32(data[32 * word + i]) >> (8 * i);
    }
}
