/// A password hash as it is stored: `<pepper>:$2b$<cost>$<salt and hash>`.
struct StoredPassword: Hashable {
    let pepperID: String
    let cost: Int
    let hash: String

    /// Reads a stored hash; `costs` are the ones that are accepted.
    init(parsing text: String, costs: ClosedRange<Int>) throws(SealingError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, Self.isPepperID(parts[0]) else { throw Self.wrongForm }
        let fields = parts[1].split(separator: "$", omittingEmptySubsequences: false)
        guard fields.count == 4, fields[0].isEmpty, fields[1] == "2b",
            fields[2].utf8.count == 2, let cost = Int(fields[2]), costs.contains(cost),
            fields[3].utf8.count == Bcrypt.saltLength + Bcrypt.hashLength,
            Bcrypt.isEncoded(fields[3])
        else { throw Self.wrongForm }
        pepperID = String(parts[0])
        self.cost = cost
        hash = String(parts[1])
    }

    static func isPepperID(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        return (1...16).contains(bytes.count)
            && bytes.allSatisfy { byte in
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
                    || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
            }
    }

    private static let wrongForm = SealingError.malformed(
        rule: "a stored password must have the form 'pepper:$2b$cost$hash'"
    )
}
