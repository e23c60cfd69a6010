import Domain
import Postgres

extension Among {
    /// ` AND` what a column must be, with the values bound; empty when anything will do.
    ///
    /// Only equality, which is leakproof: the walls let it be checked before them.
    func condition(on column: SQL, _ text: (Value) -> String) -> SQL {
        condition(
            one: { "\(column) = \(text($0))" },
            several: { "\(column) = ANY (\($0.map(text)))" }
        )
    }

    /// The same for ids.
    func condition<Entity>(on column: SQL) -> SQL where Value == Identifier<Entity> {
        condition(
            one: { "\(column) = \($0)" },
            several: { "\(column) = ANY (\($0.map(\.uuid)))" }
        )
    }

    /// The same where each value has a condition of its own.
    func condition(each condition: (Value) -> SQL) -> SQL {
        self.condition(one: condition) { values in
            values.dropFirst().reduce("(" + condition(values[0])) { $0 + " OR " + condition($1) }
                + ")"
        }
    }

    private func condition(one: (Value) -> SQL, several: ([Value]) -> SQL) -> SQL {
        func holds(_ values: [Value]) -> SQL {
            values.count == 1 ? one(values[0]) : several(values)
        }
        var statement: SQL = ""
        if !any.isEmpty { statement += " AND " + holds(any) }
        // What is unknown is none of them either.
        if !none.isEmpty { statement += " AND (" + holds(none) + ") IS NOT TRUE" }
        return statement
    }
}
