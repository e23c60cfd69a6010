import Domain
import Storage

extension Environment {
    /// Reads what a caller's role reaches: everything, or what is theirs.
    ///
    /// Everything is asked for first: how far the role reaches comes with the answer, and few reach
    /// only what is theirs. For those it is thrown away, and a second round trip asks again.
    ///
    /// - Parameters:
    ///   - permission: What the caller needs, for everything or for their own.
    ///   - caller: Who reads.
    ///   - query: What is read: of one person, or of everybody for nil.
    /// - Returns: The rows that the caller may see.
    /// - Throws: The guard's refusal, and what the query throws.
    func fetch(
        _ permission: Permission,
        by caller: TenantCaller,
        _ query: (_ only: UserID?) throws -> Statement
    ) async throws -> Fetched {
        let all = try await database.fetch(.tenant(caller, permission), try query(nil))
        guard all.authorization?.grant == .own else { return all }
        let user = caller.caller.user
        return try await database.fetch(.tenant(caller, permission), try query(user))
    }
}
