internal import COpenSSL

/// Whether two byte strings are equal, in a time that depends on their lengths only.
///
/// - Parameters:
///   - left: One side, such as the MAC that was received.
///   - right: The other side, such as the MAC that was computed.
/// - Returns: False at once when the lengths differ.
public func constantTimeEquals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.withUnsafeBytes { left in
        right.withUnsafeBytes { right in
            constantTimeEquals(left, right)
        }
    }
}

/// Whether two secrets are equal, in a time that depends on their lengths only.
///
/// - Parameters:
///   - left: One side.
///   - right: The other side.
/// - Returns: False at once when the lengths differ.
public func constantTimeEquals(_ left: SecretBytes, _ right: SecretBytes) -> Bool {
    left.withUnsafeBytes { left in
        right.withUnsafeBytes { right in
            constantTimeEquals(left, right)
        }
    }
}

/// Whether two buffers are equal, in a time that depends on their lengths only.
///
/// - Parameters:
///   - left: One side.
///   - right: The other side.
/// - Returns: False at once when the lengths differ.
public func constantTimeEquals(
    _ left: UnsafeRawBufferPointer,
    _ right: UnsafeRawBufferPointer
) -> Bool {
    guard left.count == right.count else { return false }
    guard let leftBase = left.baseAddress, let rightBase = right.baseAddress else { return true }
    return CRYPTO_memcmp(leftBase, rightBase, left.count) == 0
}
