public import Foundation
import Glibc

extension FileHandle {
    /// What a program has written, after waiting for it; nil at its end, or when it says nothing.
    public func part(within limit: Duration = .seconds(240)) -> [UInt8]? {
        var file = pollfd(fd: fileDescriptor, events: Int16(POLLIN), revents: 0)
        let milliseconds = Int32(clamping: limit.components.seconds * 1_000)
        guard Glibc.poll(&file, 1, milliseconds) > 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(fileDescriptor, &bytes, bytes.count)
        return count > 0 ? Array(bytes.prefix(count)) : nil
    }

    /// The first line that a program writes, and what came with it; nil when it ends before, or says
    /// nothing for so long.
    public func line(within limit: Duration = .seconds(240)) -> [UInt8]? {
        var bytes: [UInt8] = []
        while !bytes.contains(UInt8(ascii: "\n")) {
            guard let part = part(within: limit) else { return nil }
            bytes += part
        }
        return bytes
    }
}
