/// A request about the data of one person: a copy of it, or that it be forgotten.
package struct DataRequest: Hashable, Sendable {
    package var id: DataRequestID
    /// Nil for a person's own request about everything; else what one tenant has.
    package var tenant: TenantID?
    package var kind: Kind
    package var subject: UserID
    package var requestedBy: UserID
    package var status: Status
    package var progress: Progress
    package var file: File?
    package var createdAt: Instant
    /// By when the law wants it done.
    package var dueAt: Instant
    package var finishedAt: Instant?

    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case export
        case erase
    }

    package enum Status: String, CaseIterable, Hashable, Sendable {
        /// Waits for somebody who may approve it.
        case pending
        case queued
        case running
        case done
        case failed
        /// Its file is gone.
        case expired
        /// An operator ended it before it was done.
        case cancelled
    }

    /// How many of its steps are done.
    package struct Progress: Hashable, Sendable {
        package var done: Int
        package var total: Int

        package init(done: Int, total: Int) {
            self.done = done
            self.total = total
        }
    }

    /// What can be downloaded.
    package struct File: Hashable, Sendable {
        package var bytes: Int64
        package var sha256: [UInt8]
        package var expiresAt: Instant
        /// Which try made it: a part of its name.
        package var attempt: Int32

        package init(bytes: Int64, sha256: [UInt8], expiresAt: Instant, attempt: Int32) {
            self.bytes = bytes
            self.sha256 = sha256
            self.expiresAt = expiresAt
            self.attempt = attempt
        }
    }

    package init(
        id: DataRequestID,
        tenant: TenantID?,
        kind: Kind,
        subject: UserID,
        requestedBy: UserID,
        status: Status,
        progress: Progress,
        file: File?,
        createdAt: Instant,
        dueAt: Instant,
        finishedAt: Instant?
    ) {
        self.id = id
        self.tenant = tenant
        self.kind = kind
        self.subject = subject
        self.requestedBy = requestedBy
        self.status = status
        self.progress = progress
        self.file = file
        self.createdAt = createdAt
        self.dueAt = dueAt
        self.finishedAt = finishedAt
    }

    package var position: PagePosition {
        PagePosition(["\(createdAt.microseconds)", id.description])
    }
}

package typealias DataRequestID = Identifier<DataRequest>
