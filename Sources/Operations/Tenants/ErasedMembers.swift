import Domain
import Storage

/// Those of a tenant's members who were erased while it was closed: they leave when it is opened
/// again, as they would have left an open one.
struct ErasedMembers {
    let scope: Scope

    /// Has them leave, under the lock of the tenant's members.
    ///
    /// An only owner stays, without a name: a tenant always has one.
    ///
    /// - Returns: The lines of the trail, for the end of the transaction.
    func leave() throws -> [Statement] {
        let ledger = MemberLedger(scope)
        var (erased, owners) = try ledger.erased()
        erased.removeAll { member in
            guard member.role == .owner, member.status == .active else { return false }
            owners -= 1
            return owners < 1
        }
        for member in erased { _ = try scope.batch(try ledger.leave(member)) }
        let trail = PrivacyTrail(scope: scope)
        return erased.map { trail.left($0.user) }
    }
}
