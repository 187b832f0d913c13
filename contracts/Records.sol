// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ICertificateRegistry} from "./ICertificateRegistry.sol";

/// @title How an anchor lies in its slot, and what may be said of bits and cut-offs without looking at storage.
/// @dev From the lowest bit up: operator 160, anchoredAt 40, size 32, revoked 1 (docs/SPEC.md section 10).
library Records {
    uint256 private constant TIME_OFFSET = 160;
    uint256 private constant SIZE_OFFSET = 200;
    uint256 internal constant REVOKED_FLAG = 1 << 232;

    /// @dev A record of this moment; the flag of a revoked batch stays.
    function pack(uint256 packed, address operator, uint32 size) internal view returns (uint256) {
        return
            (packed & REVOKED_FLAG) |
            (uint256(size) << SIZE_OFFSET) |
            (block.timestamp << TIME_OFFSET) |
            uint160(operator);
    }

    function unpack(uint256 packed) internal pure returns (ICertificateRegistry.Anchor memory) {
        return
            ICertificateRegistry.Anchor(
                address(uint160(packed)),
                uint40(packed >> TIME_OFFSET),
                uint32(packed >> SIZE_OFFSET),
                packed & REVOKED_FLAG != 0
            );
    }

    /// @dev Every bit of the mask stands for a certificate of the batch.
    function checkBits(
        address issuer,
        bytes32 root,
        uint256 packed,
        uint256 word,
        uint256 mask
    ) internal pure {
        if (packed == 0) revert ICertificateRegistry.CertificateRegistryNotAnchored(issuer, root);
        uint256 size = uint32(packed >> SIZE_OFFSET);
        // Below 2^24 words the product cannot overflow, and no size needs more.
        if (mask == 0 || word >= 1 << 24 || (word << 8) + Math.log2(mask) >= size) {
            revert ICertificateRegistry.CertificateRegistryOutOfRange();
        }
    }

    /// @dev Closing and withdrawing: not later than now, afterwards only earlier; the same again changes nothing.
    function movesEarlier(
        address subject,
        uint40 current,
        uint40 since
    ) internal view returns (bool) {
        if (since == 0 || since > block.timestamp)
            revert ICertificateRegistry.CertificateRegistryOutOfRange();
        if (current != 0 && since > current)
            revert ICertificateRegistry.CertificateRegistryClosed(subject, current);
        return since != current;
    }

    function isClosed(uint40 closedSince, uint40 time) internal pure returns (bool) {
        return closedSince != 0 && closedSince <= time;
    }
}
