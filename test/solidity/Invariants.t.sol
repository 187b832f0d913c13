// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Campaign} from "./Campaign.sol";
import {Cheats} from "./Vm.sol";

/// @title What holds after any calls in any order. Each call is judged by `Observer` as it is made; here stands the rest.
contract InvariantsTest is Cheats {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Campaign private _campaign;

    function setUp() external {
        _campaign = new Campaign();
    }

    /// @dev The runner asks which contract it is to call, and how.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_campaign);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        (, bytes4[] memory selectors) = _actions();
        targets[0] = FuzzSelector(address(_campaign), selectors);
    }

    // solhint-disable func-name-mixedcase
    /// @notice After every call the registry says what the model says, of each thing it keeps; see `Campaign`.
    function invariant_theRegistryIsTheModel() external view {
        _checkAll();
    }

    /// @notice A campaign whose calls hardly ever succeed would prove nothing.
    function afterInvariant() external view {
        (string[] memory names, ) = _actions();
        uint256 succeeded = 0;
        for (uint256 k = 0; k < names.length; ++k) succeeded += _campaign.successes(names[k]);
        _assertTrue(succeeded * 8 >= _campaign.calls(), "seven calls of eight were refused");
    }

    /// @notice Each kind of call succeeds, and is refused, again and again on one fixed course of 1,900 calls.
    function test_everyActionSucceedsOften() external {
        (string[] memory names, bytes4[] memory selectors) = _actions();
        for (uint256 k = 0; k < 100 * selectors.length; ++k) {
            bytes4 selector = selectors[k % selectors.length];
            uint256 seed = uint256(keccak256(abi.encode("course", k)));
            // solhint-disable-next-line avoid-low-level-calls
            (bool done, bytes memory answer) = address(_campaign).call(
                abi.encodeWithSelector(selector, seed)
            );
            if (!done) _rethrow(answer);
            if (k % 95 == 94) _checkAll();
        }
        for (uint256 k = 0; k < names.length; ++k) {
            bool takes = keccak256(bytes(names[k])) != keccak256("sendEther");
            uint256 successes = _campaign.successes(names[k]);
            _assertTrue(takes ? successes >= 10 : successes == 0, names[k]);
            _assertTrue(_campaign.refusals(names[k]) >= 3, names[k]);
        }
        _assertTrue(_campaign.anchorsWritten() >= 40, "too few anchors were written");
        _assertTrue(_campaign.zeroRoots() >= 3, "root 0 was hardly tried");
    }

    // solhint-enable func-name-mixedcase

    function _checkAll() private view {
        _campaign.checkRecords();
        _campaign.checkStatus();
        _campaign.checkVerify();
        _campaign.checkTrust();
        _campaign.checkBalance();
    }

    function _rethrow(bytes memory reason) private pure {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            revert(add(reason, 32), mload(reason))
        }
    }

    function _actions() private pure returns (string[] memory names, bytes4[] memory selectors) {
        string[19] memory all = [
            "anchor",
            "anchorMany",
            "setOperator",
            "closeOperator",
            "retire",
            "setProfile",
            "accredit",
            "withdraw",
            "revoke",
            "revokeMany",
            "revokeBatch",
            "suspend",
            "reinstate",
            "sendEther",
            "anchorFor",
            "revokeFor",
            "revokeBatchFor",
            "suspendFor",
            "reinstateFor"
        ];
        names = new string[](all.length);
        selectors = new bytes4[](all.length);
        for (uint256 k = 0; k < all.length; ++k) {
            names[k] = all[k];
            selectors[k] = bytes4(keccak256(bytes(string.concat(all[k], "(uint256)"))));
        }
    }
}
