/** All that hashes: by our own WebAssembly, or by a package in plain JavaScript, to the same bytes. */
export interface HashKernel {
  readonly kind: 'wasm' | 'portable'
  /** 32 bytes. */
  sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer>
  /** The same of a well-formed text's UTF-8. */
  sha256Text(text: string): Uint8Array<ArrayBuffer>
  /** HMAC-SHA-256 (RFC 2104) of the message's parts, one after the other, under a key of at most 64 bytes; 32 bytes. */
  hmac(key: Uint8Array, parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer>
  /** The same of a well-formed text's UTF-8. */
  hmacText(key: Uint8Array, text: string): Uint8Array<ArrayBuffer>
  /**
   * HKDF-Expand with SHA-256 (RFC 5869 section 2.3) to `length` bytes, at most 8,160, under a key of at most 64 bytes;
   * `info` has at most 1,024.
   */
  expand(key: Uint8Array, info: Uint8Array, length: number): Uint8Array<ArrayBuffer>
  /** 32 bytes. */
  keccak256(bytes: Uint8Array): Uint8Array<ArrayBuffer>
  /**
   * The leaves (SPEC section 4) of commitments of 32 bytes each, at the indices from `first` on, one after the other
   * from the last to the first, as a heap holds them. `into` is as long as `commitments`.
   */
  leaves(commitments: Uint8Array, first: number, into: Uint8Array): void
  /** The parent of each pair of nodes, `into` half as long as `children`, which may be the part behind it. */
  parents(children: Uint8Array, into: Uint8Array): void
  /** Where siblings of 32 bytes each, at most 32 of them, lead from a node. */
  climb(node: Uint8Array, siblings: Uint8Array): Uint8Array<ArrayBuffer>
}
