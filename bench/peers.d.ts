/** What is used of the peers' packages, which are installed in this folder for the benchmark alone. */
declare module '@govtechsg/open-attestation' {
  export function wrapDocuments(documents: readonly object[]): object[]
  export function verifySignature(document: object): boolean
}
declare module '@digitalbazaar/vc' {
  type Loader = (url: string) => Promise<object>
  export function issue(asked: {
    readonly credential: object
    readonly suite: object
    readonly documentLoader: Loader
  }): Promise<object>
  export function verifyCredential(asked: {
    readonly credential: object
    readonly suite: object
    readonly documentLoader: Loader
  }): Promise<{ readonly verified: boolean; readonly error?: unknown }>
}
declare module '@digitalbazaar/data-integrity' {
  export const DataIntegrityProof: new (options: {
    readonly signer?: unknown
    readonly cryptosuite: unknown
  }) => object
}
declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: unknown
}
declare module '@digitalbazaar/ed25519-multikey' {
  type Key = {
    id: string
    controller: string
    readonly publicKeyMultibase: string
    signer(): unknown
    export(options: { readonly publicKey: boolean }): Promise<object>
  }
  export function generate(): Promise<Key>
}
