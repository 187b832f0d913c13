// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICertificateRegistry} from "../../contracts/ICertificateRegistry.sol";

/// @title The cheat codes of the Solidity test runner that these tests use, and no more.
// solhint-disable-next-line interface-starts-with-i
interface Vm {
    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    function prank(address sender) external;
    function warp(uint256 time) external;
    function getCode(string calldata artifact) external view returns (bytes memory code);
    function chainId(uint256 id) external;
    function deal(address account, uint256 balance) external;
    function recordLogs() external;
    function getRecordedLogs() external returns (Log[] memory logs);
    function addr(uint256 key) external pure returns (address);
    function sign(
        uint256 key,
        bytes32 digest
    ) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function assume(bool condition) external pure;
    function expectRevert(bytes calldata reason) external;
    function assertTrue(bool condition, string calldata what) external pure;
    function assertEq(uint256 actual, uint256 expected, string calldata what) external pure;
    function assertEq(address actual, address expected, string calldata what) external pure;
    function assertEq(bytes32 actual, bytes32 expected, string calldata what) external pure;
}

/// @title What every test here stands on.
abstract contract Cheats {
    // solhint-disable-next-line const-name-snakecase
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    function _assertTrue(bool condition, string memory what) internal pure {
        vm.assertTrue(condition, what);
    }

    function _assertEq(uint256 actual, uint256 expected, string memory what) internal pure {
        vm.assertEq(actual, expected, what);
    }

    /// @dev A fresh registry from the compiled artifact: the bytes that are deployed, not this test's own compilation.
    function _newRegistry() internal returns (ICertificateRegistry) {
        bytes memory code = vm.getCode("contracts/CertificateRegistry.sol:CertificateRegistry");
        address created;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            created := create(0, add(code, 32), mload(code))
        }
        vm.assertTrue(created != address(0), "the registry was not created");
        return ICertificateRegistry(created);
    }

    /// @dev The error's selector, or 0 where the call succeeded.
    function _selectorOf(bool succeeded, bytes memory answer) internal pure returns (bytes4) {
        if (succeeded) return 0;
        vm.assertTrue(answer.length > 3, "reverted without saying why");
        return bytes4(answer);
    }
}
