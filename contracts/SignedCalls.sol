// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {ICertificateRegistry} from "./ICertificateRegistry.sol";

/// @title What the relayed calls are signed by: EIP-712 under the registry's domain. It keeps nothing in storage.
abstract contract SignedCalls is ICertificateRegistry, IERC5267 {
    bytes32 private constant DOMAIN_TYPEHASH = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );
    bytes32 internal constant ANCHOR_TYPEHASH = keccak256(
        "Anchor(address issuer,address operator,bytes32 root,uint32 size,uint256 deadline)"
    );
    bytes32 internal constant REVOKE_TYPEHASH = keccak256(
        "Revoke(address issuer,address operator,bytes32 root,uint256 word,uint256 mask,uint8 reason,uint256 deadline)"
    );
    bytes32 internal constant REVOKE_BATCH_TYPEHASH = keccak256(
        "RevokeBatch(address issuer,address operator,bytes32 root,uint8 reason,uint256 deadline)"
    );
    bytes32 internal constant SUSPEND_TYPEHASH = keccak256(
        "Suspend(address issuer,address operator,bytes32 root,uint256 word,uint256 mask,uint8 reason,uint256 nonce,uint256 deadline)"
    );
    bytes32 internal constant REINSTATE_TYPEHASH = keccak256(
        "Reinstate(address issuer,address operator,bytes32 root,uint256 word,uint256 mask,uint256 nonce,uint256 deadline)"
    );

    /// @inheritdoc IERC5267
    function eip712Domain()
        external
        view
        returns (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifyingContract,
            bytes32 salt,
            uint256[] memory extensions
        )
    {
        return (
            hex"0f",
            "Inaltera Certificate Registry",
            "1",
            block.chainid,
            address(this),
            0,
            extensions
        );
    }

    /// @dev The operator's own key first, so that an account with EIP-7702 code keeps it; then ERC-1271.
    function _checkSignature(
        address operator,
        bytes32 structHash,
        uint256 deadline,
        bytes calldata signature
    ) internal view {
        if (block.timestamp > deadline) revert CertificateRegistryExpired(deadline);
        bytes32 digest = MessageHashUtils.toTypedDataHash(_domainSeparator(), structHash);
        (address signer, ECDSA.RecoverError fault, ) = ECDSA.tryRecoverCalldata(digest, signature);
        if (fault == ECDSA.RecoverError.NoError && signer == operator) return;
        if (!SignatureChecker.isValidERC1271SignatureNowCalldata(operator, digest, signature)) {
            revert CertificateRegistryBadSignature();
        }
    }

    /// @dev Computed, not stored: immutables would give another code hash on every chain.
    function _domainSeparator() private view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    DOMAIN_TYPEHASH,
                    keccak256("Inaltera Certificate Registry"),
                    keccak256("1"),
                    block.chainid,
                    address(this)
                )
            );
    }
}
