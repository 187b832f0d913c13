// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title A contract account whose answer to a signature is whatever a test tells it to be.
contract ScriptedWallet is IERC1271 {
    enum Answer {
        Accept,
        Refuse,
        Revert,
        TooShort,
        Garbage,
        BurnGas
    }

    error ScriptedWalletRefuses();

    Answer private _answer;

    function setAnswer(Answer answer) external {
        _answer = answer;
    }

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        Answer answer = _answer;
        if (answer == Answer.Refuse) return 0xffffffff;
        if (answer == Answer.Revert) revert ScriptedWalletRefuses();
        if (answer == Answer.TooShort)
            _return(abi.encodePacked(IERC1271.isValidSignature.selector));
        if (answer == Answer.Garbage) {
            // The right four bytes, and dirt behind them.
            _return(abi.encode(bytes32(IERC1271.isValidSignature.selector) | bytes32(uint256(1))));
        }
        if (answer == Answer.BurnGas) {
            // The one instruction that takes all the gas there is.
            // solhint-disable-next-line no-inline-assembly
            assembly ("memory-safe") {
                invalid()
            }
        }
        return IERC1271.isValidSignature.selector;
    }

    function _return(bytes memory answer) private pure {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            return(add(answer, 32), mload(answer))
        }
    }
}
