import Sealing

/// The bytes of hexadecimal text, for test vectors; nothing when the text is wrong.
func bytes(_ hex: String) -> [UInt8] {
    Hex.decode(hex.filter { !$0.isWhitespace }) ?? []
}

func secret(_ hex: String) -> SecretBytes {
    SecretBytes(copying: bytes(hex))
}

func text(_ secret: SecretBytes) -> String {
    secret.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
}

extension SecretBytes {
    var exposed: [UInt8] { withUnsafeBytes { Array($0) } }

    init(_ text: String) {
        self.init(copying: Array(text.utf8))
    }
}
