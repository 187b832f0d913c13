// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Fuzzing} from "./Fuzzing.sol";
import {Trees} from "./Trees.sol";

/// @title `verify` against whole trees built beside it, and against anything at all.
contract VerifyTest is Fuzzing {
    uint256 private constant MOST = 48;

    function testEveryCertificateOfATreeVerifies(uint256 seed, uint256 size) external {
        size = _within(size, 1, MOST);
        bytes32[] memory heap = Trees.heapOf(seed, size);
        _registry.anchor(address(this), heap[0], uint32(size));
        for (uint256 index = 0; index < size; ++index) {
            bytes32 commitment = Trees.commitmentOf(seed, index);
            bytes32[] memory path = Trees.pathOf(heap, index);
            _assertTrue(_verifies(heap[0], index, commitment, path), "its own path");
        }
    }

    function testNoOtherIndexCommitmentOrIssuerDoes(
        uint256 seed,
        uint256 size,
        uint256 index,
        uint256 wrong,
        address issuer
    ) external {
        size = _within(size, 1, MOST);
        index = _within(index, 0, size - 1);
        vm.assume(issuer != address(this));
        bytes32[] memory heap = Trees.heapOf(seed, size);
        _registry.anchor(address(this), heap[0], uint32(size));
        bytes32 commitment = Trees.commitmentOf(seed, index);
        bytes32[] memory path = Trees.pathOf(heap, index);
        uint256 other = wrong % 2 == 0 ? wrong : wrong % MOST;
        if (other != index) {
            _assertTrue(!_verifies(heap[0], other, commitment, path), "another index");
        }
        bytes32 altered = commitment ^ bytes32(1 << (wrong % 256));
        _assertTrue(!_verifies(heap[0], index, altered, path), "another commitment");
        _assertTrue(!_registry.verify(issuer, heap[0], index, commitment, path), "another issuer");
    }

    function testNoOtherPathDoes(
        uint256 seed,
        uint256 size,
        uint256 index,
        uint256 wrong
    ) external {
        size = _within(size, 2, MOST);
        index = _within(index, 0, size - 1);
        bytes32[] memory heap = Trees.heapOf(seed, size);
        _registry.anchor(address(this), heap[0], uint32(size));
        bytes32 commitment = Trees.commitmentOf(seed, index);
        bytes32[] memory path = Trees.pathOf(heap, index);
        path[wrong % path.length] ^= bytes32(1 << ((wrong >> 8) % 256));
        _assertTrue(!_verifies(heap[0], index, commitment, path), "one bit");
        path = Trees.pathOf(heap, index);
        _assertTrue(!_verifies(heap[0], index, commitment, _resized(path, 1, true)), "longer");
        _assertTrue(!_verifies(heap[0], index, commitment, _resized(path, 1, false)), "shorter");
    }

    /// @dev Any path leads to some root; with that root anchored, only its length is left to judge.
    function testThePathIsAsLongAsItsPlaceInTheTree(
        uint256 size,
        uint256 index,
        uint256 length,
        bytes32 commitment
    ) external {
        size = _within(size, 1, type(uint32).max);
        index = index % 4 == 0 ? index % (size + 4) : size - 1 - (index % size);
        length = _within(length, 0, 34);
        bytes32[] memory path = new bytes32[](length);
        for (uint256 i = 0; i < length; ++i) path[i] = keccak256(abi.encode(commitment, i));
        bytes32 root = Trees.rootOf(Trees.leafOf(index, commitment), path);
        _registry.anchor(address(this), root, uint32(size));
        bool right = index < size && Trees.lengthOf(size, index) == length;
        _assertTrue(_verifies(root, index, commitment, path) == right, "exactly with its length");
    }

    function testThatLengthItselfVerifies(uint256 size, uint256 index, bytes32 seed) external {
        size = _within(size, 1, type(uint32).max);
        index = index % 2 == 0 ? _within(index, 0, size - 1) : size - 1 - ((index / 2) % size);
        bytes32[] memory path = new bytes32[](Trees.lengthOf(size, index));
        for (uint256 i = 0; i < path.length; ++i) path[i] = keccak256(abi.encode(seed, i));
        bytes32 root = Trees.rootOf(Trees.leafOf(index, seed), path);
        _registry.anchor(address(this), root, uint32(size));
        _assertTrue(_verifies(root, index, seed, path), "its length");
        _registry.suspend(address(this), root, index / 256, 1 << (index % 256), 0);
        _assertTrue(!_verifies(root, index, seed, path), "suspended");
        _registry.reinstate(address(this), root, index / 256, 1 << (index % 256));
        _assertTrue(_verifies(root, index, seed, path), "reinstated");
        _registry.revoke(address(this), root, index / 256, 1 << (index % 256), 0);
        _assertTrue(!_verifies(root, index, seed, path), "revoked");
    }

    function testItNeverReverts(
        address issuer,
        bytes32 root,
        uint32 size,
        uint256 index,
        bytes32 commitment,
        bytes32[] calldata path
    ) external {
        if (root != 0 && size != 0) {
            vm.prank(issuer);
            _registry.anchor(issuer, root, size);
        }
        bytes memory data = abi.encodeCall(
            _registry.verify,
            (issuer, root, index, commitment, path)
        );
        // solhint-disable-next-line avoid-low-level-calls
        (bool answered, bytes memory answer) = address(_registry).staticcall(data);
        _assertTrue(answered && answer.length == 32, "an answer");
        _assertTrue(!abi.decode(answer, (bool)), "no");
    }

    function _verifies(
        bytes32 root,
        uint256 index,
        bytes32 commitment,
        bytes32[] memory path
    ) private view returns (bool) {
        return _registry.verify(address(this), root, index, commitment, path);
    }

    /// @dev The path with so many siblings more, or fewer, at its end.
    function _resized(
        bytes32[] memory path,
        uint256 by,
        bool longer
    ) private pure returns (bytes32[] memory other) {
        other = new bytes32[](longer ? path.length + by : path.length - by);
        for (uint256 i = 0; i < other.length && i < path.length; ++i) other[i] = path[i];
    }
}
