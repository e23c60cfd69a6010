/// The CRC-32 of ISO 3309, as zip and PNG use it: finds typing errors, and proves nothing.
public enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { rest, _ in
            rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1
        }
    }

    /// The check value of `bytes`; 0xCBF43926 for the digits 1 to 9.
    public static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { rest, byte in
            rest >> 8 ^ table[Int((rest ^ UInt32(byte)) & 0xFF)]
        }
    }
}
