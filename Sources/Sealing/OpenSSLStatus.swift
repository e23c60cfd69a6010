internal import COpenSSL

/// Turns OpenSSL's return codes into errors, and empties its error queue.
enum OpenSSLStatus {
    /// Throws unless `status` is 1, OpenSSL's word for success.
    static func check(_ status: Int32, _ operation: String) throws(SealingError) {
        guard status == 1 else { throw failure(operation) }
    }

    /// Throws unless OpenSSL returned an object.
    static func object(
        _ pointer: OpaquePointer?,
        _ operation: String
    ) throws(SealingError) -> OpaquePointer {
        guard let pointer else { throw failure(operation) }
        return pointer
    }

    /// The error for a failed call, with the whole of the thread's error queue.
    ///
    /// The queue is emptied, so that a later failure does not report this one.
    static func failure(_ operation: String) -> SealingError {
        var reasons: [String] = []
        var code = ERR_get_error()
        while code != 0 {
            if let text = ERR_reason_error_string(code) {
                reasons.append(String(cString: text))
            } else {
                reasons.append("code \(code)")
            }
            code = ERR_get_error()
        }
        let reason = reasons.isEmpty ? "no reason given" : reasons.joined(separator: ", ")
        return .library(operation: operation, reason: reason)
    }
}
