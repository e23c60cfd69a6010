internal import COpenSSL

/// A hash algorithm of OpenSSL, fetched once for the process.
///
/// Fetching is the slow part of EVP in OpenSSL 3; a digest over a fetched algorithm costs
/// about as much as the compression function itself.
// Unchecked: a fetched EVP_MD is immutable and reference-counted atomically by OpenSSL.
struct MessageDigest: @unchecked Sendable {
    let pointer: OpaquePointer?
    let size: Int
    let blockSize: Int

    static let sha1 = MessageDigest(
        pointer: EVP_MD_fetch(nil, "SHA1", nil) ?? EVP_sha1(),
        size: 20,
        blockSize: 64
    )
    static let sha256 = MessageDigest(
        pointer: EVP_MD_fetch(nil, "SHA2-256", nil) ?? EVP_sha256(),
        size: 32,
        blockSize: 64
    )
    static let sha384 = MessageDigest(
        pointer: EVP_MD_fetch(nil, "SHA2-384", nil) ?? EVP_sha384(),
        size: 48,
        blockSize: 128
    )
}
