// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICertificateRegistry} from "../../contracts/ICertificateRegistry.sol";
import {Fuzzing} from "./Fuzzing.sol";

/// @title Anchors, closings and periods for any accounts, times and sizes.
contract AnchorsTest is Fuzzing {
    address private constant OPERATOR = address(0xA11CE);
    address private constant FRESH = address(0xF4E5);

    function testAnEmptyRegistryKnowsNothing() external view {
        _assertTrue(_registry.anchorOf(address(this), ROOT).anchoredAt == 0, "no record");
        _assertTrue(_registry.profileOf(address(this)) == 0, "no profile");
        _assertEq(_registry.nonceOf(address(this)), 0, "no nonce");
        _assertEq(_registry.accreditationsOf(address(1), address(2)).length, 0, "no period");
    }

    function testTheRecordHoldsWhatWasAnchored(
        address issuer,
        address operator,
        bytes32 root,
        uint32 size,
        uint256 time
    ) external {
        vm.assume(root != 0 && operator != address(0));
        size = uint32(_within(size, 1, type(uint32).max));
        time = _within(time, 1, LAST_TIME);
        if (operator != issuer) {
            vm.prank(issuer);
            _registry.setOperator(operator, 1);
        }
        vm.warp(time);
        vm.prank(operator);
        _registry.anchor(issuer, root, size);
        ICertificateRegistry.Anchor memory record = _registry.anchorOf(issuer, root);
        _assertTrue(record.operator == operator, "operator");
        _assertEq(record.anchoredAt, time, "time");
        _assertEq(record.size, size, "size");
        _assertTrue(!record.revoked, "not revoked");
    }

    function testEachRoleOpensItsCallsAndNoOthers(address operator, uint8 roles) external {
        vm.assume(operator != address(this) && operator != address(0));
        roles = uint8(_within(roles, 0, 7));
        _registry.anchor(address(this), ROOT, 9);
        if (roles != 0) _registry.setOperator(operator, roles);
        bytes[3] memory calls = [
            abi.encodeCall(_registry.anchor, (address(this), ROOT, 9)),
            abi.encodeCall(_registry.suspend, (address(this), ROOT, 0, 1, 0)),
            abi.encodeCall(_registry.revoke, (address(this), ROOT, 0, 1, 0))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            bool holds = (roles >> i) & 1 == 1;
            _assertTrue(_accepts(operator, calls[i]) == holds, "accepted exactly with the role");
        }
    }

    function testOnlyRolesThatThereAreCanBeGiven(address operator, uint8 roles) external {
        bool sound = operator != address(0) && operator != address(this) && roles <= 7;
        bytes memory data = abi.encodeCall(_registry.setOperator, (operator, roles));
        _assertTrue(_accepts(address(this), data) == sound, "accepted exactly if sound");
        uint8 held = _registry.operatorOf(address(this), operator).roles;
        _assertEq(held, sound ? roles : 0, "roles");
    }

    function testAnAnchorStandsUnlessItsOperatorOrIssuerWasClosedByThen(
        uint40 anchoredAt,
        uint40 operatorClosed,
        uint40 issuerClosed,
        bool closes,
        bool retires
    ) external {
        anchoredAt = uint40(_within(anchoredAt, 1, LAST_TIME - 2));
        operatorClosed = _near(operatorClosed, anchoredAt);
        issuerClosed = _near(issuerClosed, anchoredAt);
        _registry.setOperator(OPERATOR, 1);
        _registry.setOperator(FRESH, 1);
        vm.warp(anchoredAt);
        vm.prank(OPERATOR);
        _registry.anchor(address(this), ROOT, 1);
        vm.warp(LAST_TIME);
        if (closes) _registry.closeOperator(OPERATOR, operatorClosed);
        if (retires) _registry.closeOperator(address(this), issuerClosed);
        bool stands =
            !(closes && operatorClosed <= anchoredAt) && !(retires && issuerClosed <= anchoredAt);

        bytes memory again = abi.encodeCall(_registry.anchor, (address(this), ROOT, 2));
        _assertTrue(_accepts(FRESH, again) == !stands, "overwritten exactly if void");
        ICertificateRegistry.Anchor memory record = _registry.anchorOf(address(this), ROOT);
        _assertTrue(record.operator == (stands ? OPERATOR : FRESH), "operator");
        _assertEq(record.size, stands ? 1 : 2, "size");
        _assertEq(record.anchoredAt, stands ? anchoredAt : LAST_TIME, "time");
    }

    function testACutOffOnlyMovesEarlier(uint40[6] calldata attempts, uint40 today) external {
        uint256 time = _within(today, 2, LAST_TIME);
        vm.warp(time);
        uint40 current = 0;
        for (uint256 i = 0; i < attempts.length; ++i) {
            uint40 since = i % 2 == 0 ? attempts[i] : _near(attempts[i], current);
            bool sound = since != 0 && since <= time && (current == 0 || since <= current);
            bytes memory data = abi.encodeCall(_registry.closeOperator, (OPERATOR, since));
            _assertTrue(_accepts(address(this), data) == sound, "accepted exactly if not later");
            if (sound) current = since;
            ICertificateRegistry.Operator memory record = _registry.operatorOf(
                address(this),
                OPERATOR
            );
            _assertEq(record.closedSince, current, "cut-off");
            bytes memory open = abi.encodeCall(_registry.setOperator, (OPERATOR, 7));
            _assertTrue(_accepts(address(this), open) == (current == 0), "never opens again");
        }
    }

    function testAPeriodOnlyShortens(
        uint40 from,
        uint40 until,
        uint40 today,
        uint40[6] calldata withdrawals
    ) external {
        uint256 time = _within(today, 2, LAST_TIME);
        vm.warp(time);
        from = uint40(_within(from, 0, LAST_TIME - 1));
        until = uint40(_within(until, uint256(from) + 1, LAST_TIME));
        _registry.accredit(OPERATOR, 1, 2, 0, "");
        uint256 period = _registry.accredit(OPERATOR, from, until, ROOT, "");
        uint40 current = 0;
        for (uint256 i = 0; i < withdrawals.length; ++i) {
            uint40 since = i % 2 == 0 ? withdrawals[i] : _near(withdrawals[i], current);
            bool sound = since != 0 && since <= time && (current == 0 || since <= current);
            bytes memory data = abi.encodeCall(_registry.withdraw, (OPERATOR, period, since));
            _assertTrue(_accepts(address(this), data) == sound, "accepted exactly if not later");
            if (sound) current = since;
            _expectPeriods(from, until, current);
        }
    }

    function testAPeriodHasALength(address issuer, uint40 from, uint40 until) external {
        bool sound = issuer != address(0) && issuer != address(this) && from < until;
        bytes memory data = abi.encodeCall(_registry.accredit, (issuer, from, until, ROOT, "uri"));
        _assertTrue(_accepts(address(this), data) == sound, "accepted exactly if sound");
        uint256 count = _registry.accreditationsOf(address(this), issuer).length;
        _assertEq(count, sound ? 1 : 0, "periods");
    }

    function _expectPeriods(uint40 from, uint40 until, uint40 withdrawnSince) private view {
        ICertificateRegistry.Accreditation[] memory periods = _registry.accreditationsOf(
            address(this),
            OPERATOR
        );
        bytes memory wanted = abi.encode(
            ICertificateRegistry.Accreditation(from, until, withdrawnSince, ROOT)
        );
        _assertEq(periods.length, 2, "periods");
        _assertTrue(periods[0].withdrawnSince == 0, "the other period stays");
        _assertTrue(keccak256(abi.encode(periods[1])) == keccak256(wanted), "the period");
    }

    /// @dev Half the time a neighbour of that second, or that second; else any time.
    function _near(uint40 value, uint40 second) private pure returns (uint40) {
        if (value % 2 == 0) return uint40(_within(value, 1, LAST_TIME));
        return uint40(_within(uint256(second) + (value % 3), 2, LAST_TIME) - 1);
    }
}
