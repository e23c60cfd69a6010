package import Domain
package import Sealing

/// Compares an export with the manifest beside it.
package struct CheckExport: Sendable {
    private let manifest: ExportManifest

    package init(_ manifest: ExportManifest) {
        self.manifest = manifest
    }

    /// What came of it, the worst first.
    package enum Verdict: Hashable, Sendable {
        /// The platform never had a key of this name.
        case unknownKey(String)
        /// The manifest is not what was signed.
        case forgedManifest
        /// The file is not what the manifest tells of.
        case changedFile
        case holds
    }

    /// - Parameters:
    ///   - key: The public key that the manifest names; nil when nobody knows it.
    ///   - sha256: The hash of the file.
    /// - Returns: Whether all three belong together, or what does not.
    package func callAsFunction(key: VerifyingKey?, sha256: [UInt8]) -> Verdict {
        guard let key, key.kid == manifest.kid else { return .unknownKey(manifest.kid) }
        guard key.isValid(manifest.signature, for: manifest.message) else {
            return .forgedManifest
        }
        return sha256.hexDigits == manifest.sha256 ? .holds : .changedFile
    }
}
