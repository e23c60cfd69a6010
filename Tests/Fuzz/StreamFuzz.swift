import Inference

/// What libFuzzer calls with bytes of its making; `.ci/fuzz` builds and runs it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzStreams(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    for dialect in AnswerDialect.allCases {
        if let broken = StreamRules.broken(by: bytes, dialect) { fatalError(broken) }
    }
    return 0
}
