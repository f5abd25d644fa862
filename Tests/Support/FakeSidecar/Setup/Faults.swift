import Synchronization

/// What goes wrong in a sidecar. Everything can be changed while it runs, from any thread.
///
/// ```
/// sidecar.faults.publishAnswerLost = .next(2)
/// ```
@dynamicMemberLookup
public final class Faults: Sendable {
    private let state: Mutex<(settings: FaultSettings, random: FaultDice)>

    /// - Parameter seed: of the dice behind ``Occurrence/probability(_:)``.
    public init(_ settings: FaultSettings = FaultSettings(), seed: UInt64 = 1) {
        state = Mutex((settings, FaultDice(state: seed)))
    }

    public subscript<Value: Sendable>(
        dynamicMember member: any WritableKeyPath<FaultSettings, Value> & Sendable
    ) -> Value {
        get { state.withLock { $0.settings[keyPath: member] } }
        set { state.withLock { $0.settings[keyPath: member] = newValue } }
    }

    /// Ends all faults.
    public func clear() {
        state.withLock { $0.settings = FaultSettings() }
    }

    /// Whether the fault happens this time.
    func happens(_ fault: any WritableKeyPath<FaultSettings, Occurrence> & Sendable) -> Bool {
        state.withLock { state in
            switch state.settings[keyPath: fault] {
            case .never, .next(...0): return false
            case .always: return true
            case .next(let count):
                state.settings[keyPath: fault] = .next(count - 1)
                return true
            case .probability(let probability): return Double.random(in: 0..<1, using: &state.random) < probability
            }
        }
    }
}

/// How often a fault happens.
public enum Occurrence: Hashable, Sendable {
    case never
    /// The next so many times.
    case next(Int)
    /// Each time with this probability, from 0 to 1.
    case probability(Double)
    case always
}

public struct FaultSettings: Sendable {
    /// A publish is answered with 500 and nothing is written.
    public var publishRefused = Occurrence.never
    /// A publish is written and answered with 500: the publisher repeats it.
    public var publishAnswerLost = Occurrence.never
    /// An entry of a bulk publish is not written, and named in the answer; the others are written.
    public var bulkEntryRefused = Occurrence.never
    /// Keys that the faults of the state API are about begin with this.
    public var stateKeyPrefix = ""
    /// A call of the state API is answered with 500 and nothing is done.
    public var stateRefused = Occurrence.never
    /// The same for writes alone: an app that ends between two of them looks so.
    public var stateWriteRefused = Occurrence.never
    /// A write of state is done and answered with 500: the app repeats it.
    public var stateAnswerLost = Occurrence.never
    /// A write of state that has an entity tag is answered as if somebody else had been faster.
    public var stateTagStale = Occurrence.never
    /// How long an answer to the app is held back.
    public var answerDelay = Duration.zero
    /// `/v1.0/healthz/outbound` says 500.
    public var isOutboundNotReady = false

    /// An event, or a batch of them, is sent twice at the same time.
    public var deliveredTwice = Occurrence.never
    /// The app handles an event but its answer does not count: the event comes again.
    public var deliveryAnswerLost = Occurrence.never
    /// How long the sidecar waits before it sends an event.
    public var deliveryDelay = Duration.zero
    /// How long the app has for an event. What it is doing by then goes on, and the event comes again. Nil: for ever.
    public var deliveryTimeout: Duration?
    /// A tick of a job is sent twice, one after the other.
    public var jobFiredTwice = Occurrence.never
    /// What callbacks carry as `dapr-api-token`.
    public var callbackToken = CallbackToken.right

    public init() {}

    public enum CallbackToken: Hashable, Sendable {
        case right, wrong, missing
    }
}

/// Dice that fall the same way with the same seed (SplitMix64).
private struct FaultDice: RandomNumberGenerator, Sendable {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
