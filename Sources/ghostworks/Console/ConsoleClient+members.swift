import Console
import Domain
import Operations

extension MemberClient {
    init(desk: ConsoleDesk) {
        self.init(
            list: { try await ListMembers(try await desk.open())($0, page: $1, by: $2) },
            add: { email, role, name, caller in
                try await desk.change {
                    try await AddMember($0)(
                        email: email,
                        role: role.text,
                        name: name,
                        by: caller
                    )
                }
            },
            change: { user, edit, version, caller in
                try await desk.change {
                    try await ChangeMember($0)(
                        user,
                        role: edit.role,
                        status: edit.status,
                        reason: edit.reason,
                        version: version,
                        by: caller
                    )
                }
            },
            remove: { user, reason, caller in
                try await desk.change {
                    try await RemoveMember($0)(user, reason: reason, by: caller)
                }
            },
            transfer: { heir, proof, caller in
                try await FormProof(proof).with { proof in
                    try await desk.change {
                        try await TransferOwnership($0)(to: heir, proof: proof, by: caller)
                    }
                }
            },
            leave: { caller in
                try await desk.change { try await LeaveWorkspace($0)(by: caller) }
            },
            people: { try await NamePeople(try await desk.open())($0, by: $1) }
        )
    }
}
