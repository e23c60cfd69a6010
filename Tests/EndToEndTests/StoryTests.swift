import Foundation
import Testing

/// What people do at the console, told against the built program and a real server.
///
/// Stories of a file are told one after the other, files beside each other.
@Suite(StoryPlatform()) struct StoryTests {
    private static func tell(_ story: Story) async throws {
        let platform = try #require(DemoPlatform.shell)
        try await Storyteller(platform: platform).tell(story)
    }

    @Test func `at least 60 stories are told, each under its own sentence`() {
        let files = [
            "arriving", "platform", "support", "tenant", "documents", "moving", "trouble",
            "waiting", "live", "server",
        ]
        let stories = files.flatMap { Story.told(in: $0) }
        #expect(files.allSatisfy { !Story.told(in: $0).isEmpty })
        #expect(stories.count >= 60)
        #expect(Set(stories.map(\.sentence)).count == stories.count)
        let proofs = ["see", "ends", "says"]
        #expect(stories.allSatisfy { $0.steps.contains { proofs.contains($0.verb) } })
    }

    @Test(.serialized, arguments: Story.told(in: "arriving"))
    func `arriving and leaving`(story: Story) async throws { try await Self.tell(story) }

    @Test(.serialized, arguments: Story.told(in: "platform"))
    func `ruling the platform`(story: Story) async throws { try await Self.tell(story) }

    @Test(.serialized, arguments: Story.told(in: "support"))
    func `operators and their support sessions`(story: Story) async throws {
        try await Self.tell(story)
    }

    @Test(.serialized, arguments: Story.told(in: "documents"))
    func `documents and their trail`(story: Story) async throws { try await Self.tell(story) }

    @Test(.serialized, arguments: Story.told(in: "tenant"))
    func `working in a tenant`(story: Story) async throws { try await Self.tell(story) }

    @Test(.serialized, arguments: Story.told(in: "moving"))
    func `moving about`(story: Story) async throws { try await Self.tell(story) }

    @Test(.serialized, arguments: Story.told(in: "trouble"))
    func `trouble on the way`(story: Story) async throws { try await Self.tell(story) }

    @Test(.serialized, arguments: Story.told(in: "live"))
    func `what comes by itself`(story: Story) async throws { try await Self.tell(story) }

    @Test(arguments: Story.told(in: "waiting"))
    func `what only time brings`(story: Story) async throws { try await Self.tell(story) }
}

extension DemoTests {
    /// What stories say about a server that goes away.
    @Suite struct ServerStoryTests {
        @Test(.serialized, arguments: Story.told(in: "server"))
        func `a server that goes away`(story: Story) async throws {
            let platform = try #require(DemoPlatform.shell)
            try await Storyteller(platform: platform).tell(story)
        }
    }
}
