import Domain
import Storage

/// What happened in one tenant of the demonstration, in the order of time.
struct DemoTrail {
    private(set) var events: [DemoAudit] = []

    /// Something that was done to one object.
    struct Step {
        let action: String
        let operation: AuditEntry.Operation
        let type: String
        let object: String
        private(set) var changes = Changes()

        init<Entity>(
            _ action: String,
            _ operation: AuditEntry.Operation,
            _ type: String,
            _ object: Identifier<Entity>
        ) {
            self.action = action
            self.operation = operation
            self.type = type
            self.object = object.description
        }

        /// The same step with one more field that it changed.
        func changing(_ field: String, from old: JSONValue = .null, to new: JSONValue) -> Step {
            var step = self
            step.changes.note(field, from: old, to: new)
            return step
        }
    }

    /// Adds a step; one on an artifact tells its name and version to who follows the tenant.
    mutating func tell(
        _ step: Step,
        at moment: Instant,
        by actor: UserID,
        of artifact: Artifact? = nil,
        _ random: inout DemoRandom
    ) {
        var data: [String: JSONValue] = ["id": .string(step.object)]
        if let artifact {
            data["name"] = .string(artifact.name)
            data["version"] = .integer(artifact.version)
        }
        let entry = AuditEntry(
            action: step.action,
            operation: step.operation,
            resourceType: step.type,
            resourceID: step.object,
            requestID: nil,
            changes: step.changes.canonical
        )
        events.append(
            DemoAudit(
                id: random.id(at: moment),
                at: moment,
                actor: actor,
                entry: entry,
                event: JSONValue.object(data).canonical
            )
        )
    }
}
