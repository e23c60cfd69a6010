import Domain

/// How requests about people's data and legal holds are written.
enum PrivacyJSON {
    static func request(_ request: DataRequest) -> JSON {
        [
            "id": JSON(request.id), "kind": .string(request.kind.rawValue),
            "subject_id": JSON(request.subject), "workspace_id": JSON(request.tenant),
            "requested_by": JSON(request.requestedBy),
            "status": .string(request.status.rawValue),
            "progress": [
                "done": .integer(Int64(request.progress.done)),
                "total": .integer(Int64(request.progress.total)),
            ],
            "file": request.file.map(file) ?? .null,
            "created_at": JSON(request.createdAt), "due_at": JSON(request.dueAt),
            "finished_at": JSON(request.finishedAt),
        ]
    }

    static func hold(_ hold: LegalHold) -> JSON {
        [
            "id": JSON(hold.id), "subject_id": JSON(hold.subject),
            "reason": .string(hold.reason), "created_by": JSON(hold.createdBy),
            "created_at": JSON(hold.createdAt), "released_at": JSON(hold.releasedAt),
        ]
    }

    private static func file(_ file: DataRequest.File) -> JSON {
        [
            "bytes": .integer(file.bytes), "sha256": JSON(hex: file.sha256),
            "expires_at": JSON(file.expiresAt),
        ]
    }
}
