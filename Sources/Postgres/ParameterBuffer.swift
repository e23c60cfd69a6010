/// Lays bound values out as libpq wants them; its memory is used again for every statement.
struct ParameterBuffer {
    private var bytes: [UInt8] = []
    private var offsets: [Int] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    private var pointers: [UnsafePointer<CChar>?] = []

    typealias Body = (
        _ count: Int32, _ values: UnsafePointer<UnsafePointer<CChar>?>?,
        _ lengths: UnsafePointer<Int32>?, _ formats: UnsafePointer<Int32>?
    ) -> Int32

    /// Calls a function of libpq with the parameters, all binary.
    mutating func with(_ parameters: [SQLParameter], _ body: Body) -> Int32 {
        guard !parameters.isEmpty else { return body(0, nil, nil, nil) }
        fill(parameters)
        return bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { text in
                pointers.removeAll(keepingCapacity: true)
                for (index, parameter) in parameters.enumerated() {
                    let start = parameter.bytes == nil ? nil : text.baseAddress
                    pointers.append(start.map { $0 + offsets[index] })
                }
                return body(Int32(parameters.count), pointers, lengths, formats)
            }
        }
    }

    private mutating func fill(_ parameters: [SQLParameter]) {
        bytes.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        while formats.count < parameters.count { formats.append(1) }
        for parameter in parameters {
            offsets.append(bytes.count)
            lengths.append(Int32(clamping: parameter.bytes?.count ?? 0))
            if let value = parameter.bytes { bytes.append(contentsOf: value) }
        }
        // An empty last value still needs an address.
        bytes.append(0)
    }
}
