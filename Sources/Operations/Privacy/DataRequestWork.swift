import Domain
import Storage

/// What several use cases do with a request.
struct DataRequestWork {
    let scope: Scope

    /// The new request; or the one that is in hand, because asking twice makes no second one.
    func insert(
        _ kind: DataRequest.Kind,
        of subject: UserID,
        by actor: UserID,
        in tenant: TenantID?,
        status: DataRequest.Status
    ) throws -> (request: DataRequest, isNew: Bool) {
        func active() throws -> DataRequest? {
            try scope.query(DataRequestStore.active(kind, of: subject, in: tenant)).first
                .map(DataRequestStore.request)
        }
        if let request = try active() { return (request, false) }
        let id = scope.newID(DataRequest.self)
        let statement = DataRequestStore.insert(
            id,
            kind: kind,
            subject: subject,
            by: actor,
            in: tenant,
            status: status
        )
        guard try scope.change(statement) == 1 else {
            // Somebody else asked in the same moment, or the day's share is used up.
            if let request = try active() { return (request, false) }
            throw DomainError(
                .limited(retryAfter: .seconds(3_600)),
                .rateLimited,
                "There were five such requests in a day already.",
                hint: "Ask again tomorrow."
            )
        }
        return (try find(id, in: tenant), true)
    }

    func find(_ id: DataRequestID, in tenant: TenantID?) throws -> DataRequest {
        let rows = try scope.query(DataRequestStore.find(id, in: tenant))
        guard let request = try rows.first.map(DataRequestStore.request) else {
            throw DomainError.notFound("data request", id.description)
        }
        return request
    }
}
