package import Domain

/// Finds whom a filter names, among all who are or were members of the workspace.
package struct FindPeople: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - names: As filters write them: `me`, a mail address, a part of a name.
    ///   - caller: Needs `member.read` for others than oneself.
    /// - Returns: The id behind each name.
    /// - Throws: A validation error at the column of a name that nobody or several have.
    package func callAsFunction(
        _ names: [FilterText.Value],
        by caller: TenantCaller
    ) async throws -> [String: UserID] {
        var found: [String: UserID] = [:]
        for name in names where found[name.text] == nil {
            if name.text.lowercased() == "me" {
                found[name.text] = caller.caller.user
            } else {
                let people = try await search(name.text, by: caller)
                found[name.text] = try User.meant(by: name, among: people)
            }
        }
        return found
    }

    private func search(_ text: String, by caller: TenantCaller) async throws -> [User] {
        var filter = MemberFilter(search: text)
        filter.statuses.any = MemberStatus.allCases
        let page = try await ListMembers(environment)(
            filter,
            page: PageRequest(limit: PageRequest.limits.upperBound),
            by: caller
        )
        return page.items.map { User(id: $0.user, email: $0.email, name: $0.name) }
    }
}
