// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Batches with real Merkle trees, in the shape that OpenZeppelin's `StandardMerkleTree` gives them.
library Trees {
    /// @notice The commitment of a certificate that exists for the sake of a test.
    function commitmentOf(uint256 batch, uint256 index) internal pure returns (bytes32) {
        return keccak256(abi.encode("commitment", batch, index));
    }

    /// @notice A leaf, hashed twice so that no inner node passes for one.
    function leafOf(uint256 index, bytes32 commitment) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(index, commitment))));
    }

    /// @notice The heap: node i has the children 2i+1 and 2i+2, and the leaves stand last, the first of them at the end.
    function heapOf(uint256 batch, uint256 size) internal pure returns (bytes32[] memory heap) {
        heap = new bytes32[](2 * size - 1);
        for (uint256 index = 0; index < size; ++index) {
            heap[2 * size - 2 - index] = leafOf(index, commitmentOf(batch, index));
        }
        for (uint256 i = size - 1; i > 0; --i) {
            heap[i - 1] = _pair(heap[2 * i - 1], heap[2 * i]);
        }
    }

    /// @notice The siblings on the way from a leaf to the root.
    function pathOf(
        bytes32[] memory heap,
        uint256 index
    ) internal pure returns (bytes32[] memory path) {
        uint256 size = (heap.length + 1) / 2;
        path = new bytes32[](lengthOf(size, index));
        uint256 node = 2 * size - 2 - index;
        for (uint256 i = 0; i < path.length; ++i) {
            path[i] = heap[node % 2 == 0 ? node - 1 : node + 1];
            node = (node - 1) / 2;
        }
    }

    /// @notice How long a path must be: the steps from the leaf's place in the heap up to the root.
    function lengthOf(uint256 size, uint256 index) internal pure returns (uint256 length) {
        for (uint256 node = 2 * size - 2 - index; node > 0; node = (node - 1) / 2) ++length;
    }

    /// @notice Where a path leads, whatever its length.
    function rootOf(bytes32 leaf, bytes32[] memory path) internal pure returns (bytes32 node) {
        node = leaf;
        for (uint256 i = 0; i < path.length; ++i) node = _pair(node, path[i]);
    }

    function _pair(bytes32 a, bytes32 b) private pure returns (bytes32) {
        return a < b ? keccak256(bytes.concat(a, b)) : keccak256(bytes.concat(b, a));
    }
}
