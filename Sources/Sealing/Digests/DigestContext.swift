internal import COpenSSL

/// A running digest; the context is allocated once and used again after ``finish()``.
struct DigestContext: ~Copyable {
    private let context: OpaquePointer?
    private let algorithm: MessageDigest

    init(_ algorithm: MessageDigest) {
        context = EVP_MD_CTX_new()
        self.algorithm = algorithm
        restart()
    }

    /// Continues from where `other` stands, which stays as it is.
    init(copying other: borrowing DigestContext) {
        context = EVP_MD_CTX_new()
        algorithm = other.algorithm
        hold(EVP_MD_CTX_copy_ex(context, other.context))
    }

    // EVP_MD_CTX_free wipes the state, which for a keyed digest is as good as the key.
    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Goes back to the state of `other`, without a new allocation of the context.
    mutating func resume(_ other: borrowing DigestContext) {
        hold(EVP_MD_CTX_copy_ex(context, other.context))
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        hold(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count))
    }

    mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// The digest; the context must be restarted or resumed before it is used again.
    mutating func final() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: algorithm.size) { buffer, filled in
            hold(EVP_DigestFinal_ex(context, buffer.baseAddress, nil))
            filled = algorithm.size
        }
    }

    mutating func restart() {
        hold(EVP_DigestInit_ex2(context, algorithm.pointer, nil))
    }

    // SHA-2 in the default provider has no failure but memory that ran out, where Swift itself
    // stops as well; going on would hand out a wrong digest.
    private func hold(_ status: Int32) {
        precondition(status == 1, "a digest needs memory and OpenSSL's default provider")
    }
}
