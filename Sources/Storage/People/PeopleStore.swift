package import Domain
package import Postgres

/// The names of people behind the tenant's wall.
package enum PeopleStore {
    /// Those of `ids` who are or were members, or had a support session there.
    package static func named(_ ids: Set<UserID>) -> SQL {
        "SELECT n.user_id, n.display_name, n.email FROM app.member_names(\(ids.map(\.uuid))) AS n"
    }

    /// All of `ids` whom the platform knows; for platform contexts.
    package static func known(_ ids: Set<UserID>) -> SQL {
        """
        SELECT u.id AS user_id, u.display_name, u.email FROM users AS u
        WHERE u.id = ANY (\(ids.map(\.uuid)))
        """
    }

    /// Reads the rows of `named` or `known`, by id.
    package static func people(_ rows: Rows) throws -> [UserID: User] {
        let people = try rows.map(User.init(named:))
        return Dictionary(people.map { ($0.id, $0) }) { first, _ in first }
    }
}

extension User {
    /// Reads a row of `PeopleStore.named`.
    package init(named row: Row) throws {
        self.init(
            id: try row.decode("user_id"),
            email: try row.decode("email"),
            name: try row.decode("display_name")
        )
    }
}
