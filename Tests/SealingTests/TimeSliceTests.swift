import Dispatch
import Foundation
import Testing

@testable import Sealing

/// One after the other: a wish for all threads reaches those of the other tests too.
@Suite(.serialized, .enabled(if: TimeSlice.current != nil, "a kernel that keeps such wishes"))
struct TimeSliceTests {
    @Test func `a thread has the slice that it asked for`() async {
        let slices = await withCheckedContinuation { continuation in
            Thread {
                let found = [TimeSlice.long, .brief].map { slice in
                    slice.ask() ? TimeSlice.current : nil
                }
                continuation.resume(returning: found)
            }.start()
        }
        #expect(slices == [100_000_000, 100_000])
    }

    @Test func `a thread hands its slice on to those that it starts`() async {
        let slice = await withCheckedContinuation { continuation in
            Thread {
                TimeSlice.long.ask()
                Thread { continuation.resume(returning: TimeSlice.current) }.start()
            }.start()
        }
        #expect(slice == 100_000_000)
    }

    @Test func `a wish for all reaches threads that run already`() async {
        let (runs, asked) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let slice = await withCheckedContinuation { continuation in
            Thread {
                TimeSlice.long.ask()
                runs.signal()
                asked.wait()
                continuation.resume(returning: TimeSlice.current)
            }.start()
            Thread {
                runs.wait()
                TimeSlice.brief.askForAll()
                asked.signal()
            }.start()
        }
        #expect(slice == 100_000)
    }

    @Test func `a queue that yields gives its core back to whoever wakes`() async throws {
        let queue = BoundedQueue(label: "test", width: 1, room: 0, yields: true)
        let slice = try await queue.run(secondsPerJob: 1) { () throws(SealingError) in
            TimeSlice.current
        }
        #expect(slice == 100_000_000)
    }
}
