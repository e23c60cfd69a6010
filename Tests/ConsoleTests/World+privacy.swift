import Domain

@testable import Console

extension World {
    static let dataRequests: [DataRequest] = [
        dataRequest(301, .erase, .pending, of: huda.id, by: huda.id),
        dataRequest(302, .export, .running, of: omar.id, by: omar.id, done: 3),
        dataRequest(
            303,
            .export,
            .done,
            of: huda.id,
            by: omar.id,
            done: 7,
            file: DataRequest.File(
                bytes: 48_123,
                sha256: Array(0..<32),
                expiresAt: now.advanced(by: .seconds(6 * 86_400)),
                attempt: 1
            )
        ),
        dataRequest(304, .export, .expired, of: id(4), by: id(4), done: 7),
    ]

    private static func dataRequest(
        _ number: Int,
        _ kind: DataRequest.Kind,
        _ status: DataRequest.Status,
        of subject: UserID,
        by requester: UserID,
        done: Int = 0,
        file: DataRequest.File? = nil
    ) -> DataRequest {
        DataRequest(
            id: id(number),
            tenant: tenant.id,
            kind: kind,
            subject: subject,
            requestedBy: requester,
            status: status,
            progress: .init(done: done, total: kind == .erase ? 0 : 7),
            file: file,
            createdAt: ago(Int64(number - 300) * 700),
            dueAt: now.advanced(by: .seconds(30 * 86_400)),
            finishedAt: nil
        )
    }

    static let holds: [LegalHold] = [
        LegalHold(
            id: id(310),
            subject: huda.id,
            reason: "Case 12/2026",
            createdBy: omar.id,
            createdAt: ago(500),
            releasedAt: nil
        ),
        LegalHold(
            id: id(311),
            subject: nil,
            reason: hostileNames[1],
            createdBy: omar.id,
            createdAt: ago(90_000),
            releasedAt: ago(40_000)
        ),
    ]

    static func answer(_ request: PrivacyRequest) -> PrivacyAnswer {
        switch request {
        case .requests: .requests(page(dataRequests))
        case .ask(let kind, _): .request(dataRequests[kind == .erase ? 0 : 1])
        case .approve: .request(dataRequests[0])
        case .save: .saved("/home/omar/ghostworks-export.tar")
        case .holds: .holds(page(holds))
        case .hold: .hold(holds[0])
        case .release: .released
        }
    }

    static func answer(_ request: PersonalDataRequest) -> PrivacyAnswer {
        switch request {
        case .copies(let user, _):
            .requests(
                page(
                    dataRequests[2...].map { request in
                        var request = request
                        request.subject = user
                        return request
                    }
                )
            )
        case .ask: .request(dataRequests[1])
        case .save: .saved("/home/ada/ghostworks-export.tar")
        case .erase: .erased
        }
    }
}
