import Console
import Domain
import Operations

extension AccessClient {
    /// The same with a note in the trail for everybody who comes in while the screen is recorded,
    /// and when they go; without the note nobody comes in.
    func noting(_ recording: ScreenRecording, desk: ConsoleDesk) -> AccessClient {
        let note = RecordingNote(recording: recording, desk: desk)
        var client = self
        client.signIn = { email, password in
            let answer = try await signIn(email, password)
            if case .signedIn(let identity) = answer { try await note(.started, by: identity) }
            return answer
        }
        client.verify = { token, code in
            let identity = try await verify(token, code)
            try await note(.started, by: identity)
            return identity
        }
        client.resume = {
            let identity = try await resume()
            try await note(.started, by: identity)
            return identity
        }
        client.signOut = { caller in
            try await note(.ended, by: caller)
            try await signOut(caller)
        }
        return client
    }
}

/// Writes both ends of a recording to the trail.
struct RecordingNote: Sendable {
    let recording: ScreenRecording
    let desk: ConsoleDesk

    func callAsFunction(_ moment: NoteRecording.Moment, by identity: Identity) async throws {
        let caller = Caller(
            user: identity.user,
            session: identity.session,
            requestID: RequestName.new()
        )
        try await self(moment, by: caller)
    }

    func callAsFunction(_ moment: NoteRecording.Moment, by caller: Caller) async throws {
        try await NoteRecording(try await desk.open())(moment, file: recording.name, by: caller)
    }
}
