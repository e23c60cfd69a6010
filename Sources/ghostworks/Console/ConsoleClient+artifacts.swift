import Console
import Domain
import Operations

extension ArtifactClient {
    init(desk: ConsoleDesk) {
        self.init(
            list: { try await ListArtifacts(try await desk.open())($0, page: $1, by: $2) },
            find: { try await FindArtifact(try await desk.open())($0, deletedToo: true, by: $1) },
            revisions: { try await ListRevisions(try await desk.open())($0, page: $1, by: $2) },
            names: { ids, caller in
                let found = try await NameArtifacts(try await desk.open())(ids, by: caller)
                let gone = ids.subtracting(found.keys).map { ($0, "") }
                return found.merging(gone) { name, _ in name }
            },
            change: Changes(desk: desk)
        )
    }
}

extension ArtifactClient.Changes {
    fileprivate init(desk: ConsoleDesk) {
        self.init(
            create: { draft, key, caller in
                try await desk.change {
                    try await CreateArtifact($0)(draft, idempotencyKey: key, by: caller)
                }
            },
            update: { id, edit, version, caller in
                try await desk.change {
                    try await UpdateArtifact($0)(id, edit, version: version, by: caller)
                }
            },
            delete: { id, version, reason, caller in
                try await desk.change {
                    try await DeleteArtifact($0)(id, version: version, reason: reason, by: caller)
                }
            },
            restore: { id, caller in
                try await desk.change { try await RestoreArtifact($0)(id, by: caller) }
            }
        )
    }
}
