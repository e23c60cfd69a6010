import Foundation

/// Base64 back to bytes.
enum Base64 {
    static func decode(_ text: String) -> [UInt8] {
        Array(Data(base64Encoded: text) ?? Data())
    }
}
