import Foundation

/// How the C library gives out memory to a server.
enum AllocatorSettings {
    /// `M_ARENA_MAX` of mallopt(3), which no module of Swift has.
    private static let arenaMax: CInt = -8

    /// By default each thread may get a heap of its own, eight for each core, and what one thread frees in its heap no
    /// other can use: under load memory grows by half. A heap for each core is as fast here. Libraries other than
    /// glibc have no such thing.
    static func apply() {
        typealias SetOption = @convention(c) (_ parameter: CInt, _ value: CInt) -> CInt
        guard let symbol = dlsym(nil, "mallopt") else { return }
        let setOption = unsafeBitCast(symbol, to: SetOption.self)
        _ = setOption(arenaMax, CInt(max(2, min(ProcessInfo.processInfo.activeProcessorCount, 8))))
    }
}
