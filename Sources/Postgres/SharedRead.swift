/// A short read as its borrower gave it.
struct SharedRead: Sendable {
    /// What the statements stand under; reads under the same one may share a transaction.
    let preamble: SQL?
    let statements: [SQL]

    /// Everything in order, as one that travels alone sends it.
    var whole: [SQL] {
        preamble.map { [$0] + statements } ?? statements
    }
}

/// One transaction of a convoy: the reads that stand under the same preamble.
struct SharedTransaction {
    /// A read, by its place in the convoy, and where its statements are.
    struct Member {
        let index: Int
        let range: Range<Int>
    }

    let preamble: SQL?
    private(set) var statements: [SQL]
    private(set) var members: [Member]

    private init(_ read: SharedRead, at index: Int) {
        preamble = read.preamble
        statements = read.preamble.map { [$0] } ?? []
        members = []
        append(read, at: index)
    }

    private mutating func append(_ read: SharedRead, at index: Int) {
        let start = statements.count
        statements += read.statements
        members.append(Member(index: index, range: start..<statements.count))
    }

    /// Sorts reads into transactions, each behind the first one of its kind.
    static func sort(_ reads: [SharedRead]) -> [SharedTransaction] {
        var transactions: [SharedTransaction] = []
        for (index, read) in reads.enumerated() {
            let known = read.preamble.flatMap { preamble in
                transactions.firstIndex { $0.preamble?.isSame(as: preamble) == true }
            }
            if let known {
                transactions[known].append(read, at: index)
            } else {
                transactions.append(SharedTransaction(read, at: index))
            }
        }
        return transactions
    }

    /// The places of its reads in the convoy.
    var indices: [Int] { members.map(\.index) }

    /// What of the transaction's rows belongs to a member, its preamble's first.
    func rows(of member: Member, in all: [Rows]) -> [Rows] {
        preamble == nil ? Array(all[member.range]) : [all[0]] + all[member.range]
    }
}

extension SQL {
    /// Whether the server would do the same for both.
    fileprivate func isSame(as other: SQL) -> Bool {
        parameters == other.parameters && text == other.text
    }
}
