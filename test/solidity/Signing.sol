// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Cheats} from "./Vm.sol";

/// @title Signatures of relayed calls, from the words of EIP-712; test/vectors/contract/types.json has the same strings.
abstract contract Signing is Cheats {
    bytes32 internal constant ANCHOR = keccak256(
        "Anchor(address issuer,address operator,bytes32 root,uint32 size,uint256 deadline)"
    );
    bytes32 internal constant REVOKE = keccak256(
        "Revoke(address issuer,address operator,bytes32 root,uint256 word,uint256 mask,uint8 reason,uint256 deadline)"
    );
    bytes32 internal constant REVOKE_BATCH = keccak256(
        "RevokeBatch(address issuer,address operator,bytes32 root,uint8 reason,uint256 deadline)"
    );
    bytes32 internal constant SUSPEND = keccak256(
        "Suspend(address issuer,address operator,bytes32 root,uint256 word,uint256 mask,uint8 reason,uint256 nonce,uint256 deadline)"
    );
    bytes32 internal constant REINSTATE = keccak256(
        "Reinstate(address issuer,address operator,bytes32 root,uint256 word,uint256 mask,uint256 nonce,uint256 deadline)"
    );

    /// @dev `members` are the ABI encoding of the struct's members, in order.
    function _sign(
        uint256 key,
        address registry,
        bytes32 typeHash,
        bytes memory members
    ) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, _digest(registry, typeHash, members));
        return abi.encodePacked(r, s, v);
    }

    function _digest(
        address registry,
        bytes32 typeHash,
        bytes memory members
    ) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("Inaltera Certificate Registry"),
                keccak256("1"),
                block.chainid,
                registry
            )
        );
        bytes32 structHash = keccak256(bytes.concat(typeHash, members));
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }
}
