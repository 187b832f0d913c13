// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICertificateRegistry} from "../../contracts/ICertificateRegistry.sol";
import {Signing} from "./Signing.sol";

/// @title A registry of its own for each fuzz run, and ways to press any value into service.
abstract contract Fuzzing is Signing {
    uint256 internal constant LAST_TIME = type(uint40).max;
    bytes32 internal constant ROOT = keccak256("batch");

    ICertificateRegistry internal _registry;

    function setUp() external {
        _registry = _newRegistry();
    }

    /// @dev Whether the call, made by `sender`, is accepted.
    function _accepts(address sender, bytes memory data) internal returns (bool accepted) {
        return _faultOf(sender, data) == 0;
    }

    /// @dev The error that the call, made by `sender`, ends with; 0 if it is accepted.
    function _faultOf(address sender, bytes memory data) internal returns (bytes4) {
        vm.prank(sender);
        // solhint-disable-next-line avoid-low-level-calls
        (bool done, bytes memory answer) = address(_registry).call(data);
        return _selectorOf(done, answer);
    }

    /// @dev The value itself where it lies in the range, else one in the range that depends on it.
    function _within(uint256 value, uint256 least, uint256 most) internal pure returns (uint256) {
        if (value >= least && value <= most) return value;
        return least + (value % (most - least + 1));
    }
}
