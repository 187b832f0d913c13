// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Batches of certificates: which issuer anchored which Merkle root, when, and what it took back since.
/// @notice Nobody owns this contract: there is no upgrade, no pause and no ether in it. A namespace is the address of an
/// issuer or an accreditor. Calls that only the owner of a namespace may make take no issuer; calls that an operator may
/// make take `issuer` first, and the operator is the caller, or the signer of the relayed form. Roles are ANCHOR 1,
/// SUSPEND 2 and REVOKE 4; an issuer is an operator of itself with every role. A call that changes nothing emits nothing,
/// yet checks authority; only `setProfile` always speaks, since its URI stands nowhere else. Times are Unix seconds.
/// @dev An anchor is void if its operator, or the issuer itself, was closed at or before `anchoredAt`. A void anchor does not
/// count: anchoring its root again overwrites it, and only its revocations stay. Readers off chain prove the same words from
/// storage (docs/SPEC.md section 10); events are hints and carry what storage does not: reasons and URIs.
interface ICertificateRegistry {
    /// @notice A batch: one storage slot, from its lowest bit up.
    /// @param operator the key that anchored it
    /// @param anchoredAt the time of its block; 0 means that there is no record
    /// @param size the number of its certificates
    /// @param revoked whether the whole batch is revoked
    struct Anchor {
        address operator;
        uint40 anchoredAt;
        uint32 size;
        bool revoked;
    }

    /// @notice A key's standing with one issuer: one storage slot.
    /// @param closedSince from then on it has no authority; 0 means that it was never closed
    /// @param roles the sum of its roles
    struct Operator {
        uint40 closedSince;
        uint8 roles;
    }

    /// @notice A period in which an accreditor vouches for an issuer: two storage slots.
    /// @param from the first second of the period
    /// @param until the first second after it
    /// @param withdrawnSince the period ends here instead; 0 means that it was not withdrawn
    /// @param digest SHA-256 of the accreditation record's bytes
    struct Accreditation {
        uint40 from;
        uint40 until;
        uint40 withdrawnSince;
        bytes32 digest;
    }

    /// @notice A record was written: a new one, or one over a void one.
    event Anchored(
        address indexed issuer,
        bytes32 indexed root,
        address indexed operator,
        uint32 size
    );
    /// @notice The operator has these roles from now on; anchors that it made before keep standing.
    event OperatorSet(address indexed issuer, address indexed operator, uint8 roles);
    /// @notice What the operator anchored at or after `since` is void; `operator == issuer` retires the whole namespace.
    event OperatorClosed(address indexed issuer, address indexed operator, uint40 since);
    /// @notice `digest` is the SHA-256 of the profile's bytes; `uri` only a hint of where to find them.
    event ProfileSet(address indexed issuer, bytes32 digest, string uri);
    /// @notice A period was added to the accreditor's list for this issuer; `uri` is a hint of where its record is.
    event Accredited(
        address indexed accreditor,
        address indexed issuer,
        uint256 period,
        uint40 from,
        uint40 until,
        bytes32 digest,
        string uri
    );
    /// @notice The period ends at `since` instead of `until`.
    event AccreditationWithdrawn(
        address indexed accreditor,
        address indexed issuer,
        uint256 period,
        uint40 since
    );
    /// @notice Certificates were revoked: `mask` holds the bits that were not set before, `reason` is a code.
    event Revoked(
        address indexed issuer,
        bytes32 indexed root,
        address indexed operator,
        uint256 word,
        uint256 mask,
        uint8 reason
    );
    /// @notice Every certificate of the batch is revoked.
    event BatchRevoked(
        address indexed issuer,
        bytes32 indexed root,
        address indexed operator,
        uint8 reason
    );
    /// @notice Certificates were suspended: `mask` holds the bits that were not set before, `reason` is a code.
    event Suspended(
        address indexed issuer,
        bytes32 indexed root,
        address indexed operator,
        uint256 word,
        uint256 mask,
        uint8 reason
    );
    /// @notice Suspensions were lifted: `mask` holds the bits that were set before.
    event Reinstated(
        address indexed issuer,
        bytes32 indexed root,
        address indexed operator,
        uint256 word,
        uint256 mask
    );

    /// @notice The operator does not hold this role with this issuer now.
    error CertificateRegistryNotAllowed(address issuer, address operator, uint8 role);
    /// @notice Closed or withdrawn since then: it never opens again, and the time only moves earlier.
    error CertificateRegistryClosed(address subject, uint40 since);
    /// @notice A standing anchor of this root has another size.
    error CertificateRegistrySizeDiffers(bytes32 root, uint32 anchored);
    /// @notice The issuer has no record of this root.
    error CertificateRegistryNotAnchored(address issuer, bytes32 root);
    /// @notice A zero root, size, mask, digest or account, a bit at or beyond the size, an unknown role, a time out of order,
    /// an unknown period, or lists of unequal length.
    error CertificateRegistryOutOfRange();
    /// @notice The signature came after its deadline.
    error CertificateRegistryExpired(uint256 deadline);
    /// @notice Signed suspensions and reinstatements of one operator run in order; this is the next nonce.
    error CertificateRegistryBadNonce(uint256 expected);
    /// @notice Neither the operator's own key nor its ERC-1271 code accepts this signature.
    error CertificateRegistryBadSignature();

    /// @notice Records that the caller, as operator of `issuer`, anchors `root` of `size` certificates now.
    /// @dev Standing with the same size: nothing is written. With another size: reverts. Void: overwritten.
    function anchor(address issuer, bytes32 root, uint32 size) external;

    /// @notice The same for several roots; all or none.
    function anchorMany(address issuer, bytes32[] calldata roots, uint32[] calldata sizes) external;

    /// @notice The same on the operator's EIP-712 signature, sent and paid for by anyone; the record names the signer.
    /// @dev Signed: `Anchor(address issuer,address operator,bytes32 root,uint32 size,uint256 deadline)`. A relayer chooses the
    /// moment within the deadline, so keep it within the hour. The operator's own key is tried first, then its ERC-1271 code,
    /// whose answer is taken once: the record stands whatever the wallet says later.
    function anchorFor(
        address issuer,
        address operator,
        bytes32 root,
        uint32 size,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice The caller gives `operator` exactly these roles; 0 stops it and keeps its anchors.
    /// @dev An outstanding signature of a stopped operator counts again if the role returns before its deadline: to stop a
    /// stolen key, close it. No key that is online should hold both ANCHOR and REVOKE.
    function setOperator(address operator, uint8 roles) external;

    /// @notice The caller closes `operator` for ever, from a second not later than now; again only with an earlier one.
    /// Closing itself retires the namespace.
    function closeOperator(address operator, uint40 since) external;

    /// @notice The caller's public profile; identifiers once listed in it are not to be removed.
    function setProfile(bytes32 digest, string calldata uri) external;

    /// @notice The caller vouches for `issuer` during one more period; earlier periods stay as they are.
    /// @return period the position of the new period in the list
    function accredit(
        address issuer,
        uint40 from,
        uint40 until,
        bytes32 digest,
        string calldata uri
    ) external returns (uint256 period);

    /// @notice The caller ends one period early, from a second not later than now; again only with an earlier one.
    function withdraw(address issuer, uint256 period, uint40 since) external;

    /// @notice Revokes, for ever, the certificates `256 * word + i` for every bit i of `mask`.
    function revoke(
        address issuer,
        bytes32 root,
        uint256 word,
        uint256 mask,
        uint8 reason
    ) external;

    /// @notice The same for several words of one batch; about 600 fit under a transaction's cap of 2^24 gas.
    function revokeMany(
        address issuer,
        bytes32 root,
        uint256[] calldata words,
        uint256[] calldata masks,
        uint8 reason
    ) external;

    /// @notice Revokes a whole batch for ever.
    function revokeBatch(address issuer, bytes32 root, uint8 reason) external;

    /// @notice Suspends the certificates `256 * word + i` for every bit i of `mask`, until reinstated.
    function suspend(
        address issuer,
        bytes32 root,
        uint256 word,
        uint256 mask,
        uint8 reason
    ) external;

    /// @notice Lifts suspensions, never revocations.
    function reinstate(address issuer, bytes32 root, uint256 word, uint256 mask) external;

    /// @notice `revoke` on a signature; it only ever adds, so it needs a deadline and no nonce.
    /// @dev Signed: `Revoke(address issuer,address operator,bytes32 root,uint256 word,uint256 mask,uint8 reason,uint256 deadline)`.
    function revokeFor(
        address issuer,
        address operator,
        bytes32 root,
        uint256 word,
        uint256 mask,
        uint8 reason,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice `revokeBatch` on a signature, likewise.
    /// @dev Signed: `RevokeBatch(address issuer,address operator,bytes32 root,uint8 reason,uint256 deadline)`.
    function revokeBatchFor(
        address issuer,
        address operator,
        bytes32 root,
        uint8 reason,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice `suspend` on a signature, in the order of the operator's nonces.
    /// @dev Signed: `Suspend(address issuer,address operator,bytes32 root,uint256 word,uint256 mask,uint8 reason,uint256 nonce,uint256 deadline)`.
    function suspendFor(
        address issuer,
        address operator,
        bytes32 root,
        uint256 word,
        uint256 mask,
        uint8 reason,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice `reinstate` on a signature, in the order of the operator's nonces.
    /// @dev Signed: `Reinstate(address issuer,address operator,bytes32 root,uint256 word,uint256 mask,uint256 nonce,uint256 deadline)`.
    function reinstateFor(
        address issuer,
        address operator,
        bytes32 root,
        uint256 word,
        uint256 mask,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Whether the path leads from this certificate to a standing anchor, and it is neither revoked nor suspended.
    /// Says nothing of accreditation or validity dates. Never reverts.
    function verify(
        address issuer,
        bytes32 root,
        uint256 index,
        bytes32 commitment,
        bytes32[] calldata path
    ) external view returns (bool);

    /// @notice The record as stored, void or not; all zero where there is none.
    function anchorOf(address issuer, bytes32 root) external view returns (Anchor memory);

    /// @notice The two words of status bits; `Anchor.revoked` comes on top.
    function statusOf(
        address issuer,
        bytes32 root,
        uint256 word
    ) external view returns (uint256 revoked, uint256 suspended);

    /// @notice The operator's record; an issuer needs none to act for itself.
    function operatorOf(address issuer, address operator) external view returns (Operator memory);

    /// @notice SHA-256 of the current profile, or 0.
    function profileOf(address issuer) external view returns (bytes32 digest);

    /// @notice Every period that this accreditor ever gave this issuer.
    function accreditationsOf(
        address accreditor,
        address issuer
    ) external view returns (Accreditation[] memory);

    /// @notice The next nonce of `suspendFor` and `reinstateFor`.
    function nonceOf(address operator) external view returns (uint256);
}
