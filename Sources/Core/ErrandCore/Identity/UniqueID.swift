public import CivilTime

/// A UUID (RFC 9562), held as two words and written in lower case.
public struct UniqueID: Hashable, Comparable, Sendable {
    private let high: UInt64
    private let low: UInt64

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A version 7 UUID (RFC 9562 §5.7): ids made later sort later, to the millisecond.
    public static func version7(
        at instant: Instant,
        using generator: inout some RandomNumberGenerator
    ) -> UniqueID {
        let time = UInt64(clamping: instant.milliseconds) & 0xFFFF_FFFF_FFFF
        let random = generator.next() as UInt64
        return UniqueID(
            high: time << 16 | 0x7000 | random & 0x0FFF,
            low: 0x8000_0000_0000_0000 | (generator.next() as UInt64) >> 2
        )
    }

    /// A version 8 UUID (RFC 9562 §5.8) that follows from another one and a number: the same again for the same
    /// two, another one for every other number. Nothing secret: whoever knows both knows the result.
    static func derived(from source: UniqueID, _ number: Int) -> UniqueID {
        func mixed(_ word: UInt64) -> UInt64 {
            var value = word &+ 0x9E37_79B9_7F4A_7C15
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
        let seed = mixed(UInt64(bitPattern: Int64(number)))
        let high = mixed(source.high ^ seed)
        let low = mixed(source.low &+ mixed(high &+ seed))
        return UniqueID(
            high: high & 0xFFFF_FFFF_FFFF_0FFF | 0x8000, low: low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        )
    }

    /// The same for a text: the same again for the same text, another one for every other.
    static func derived(from source: UniqueID, _ text: some Collection<UInt8>) -> UniqueID {
        var id = derived(from: source, text.count)
        var (word, count) = (UInt64(0), 0)
        for byte in text {
            (word, count) = (word << 8 | UInt64(byte), count + 1)
            if count % 8 == 0 { (id, word) = (derived(from: id, Int(bitPattern: UInt(word))), 0) }
        }
        return derived(from: id, Int(bitPattern: UInt(word)))
    }

    /// The same again for the same id; hardly ever for two.
    var shortHash: UInt64 { high ^ low &* 0x9E37_79B9_7F4A_7C15 }

    public static func < (left: UniqueID, right: UniqueID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension UniqueID: LosslessStringConvertible {
    /// Reads the 36-character form in either case. The nil and max UUIDs name nothing and are refused.
    public init?(_ text: String) {
        var text = text
        guard let words = text.withUTF8(UniqueID.words), words != (0, 0), words != (.max, .max) else { return nil }
        self.init(high: words.high, low: words.low)
    }

    private static func words(in text: UnsafeBufferPointer<UInt8>) -> (high: UInt64, low: UInt64)? {
        guard text.count == 36 else { return nil }
        var words: (high: UInt64, low: UInt64) = (0, 0)
        for (position, byte) in text.enumerated() {
            if position == 8 || position == 13 || position == 18 || position == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = digit(byte) else { return nil }
            if position < 18 {
                words.high = words.high << 4 | digit
            } else {
                words.low = words.low << 4 | digit
            }
        }
        return words
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case 0x30...0x39: UInt64(byte - 0x30)
        case 0x61...0x66: UInt64(byte - 0x61 + 10)
        case 0x41...0x46: UInt64(byte - 0x41 + 10)
        default: nil
        }
    }

    public var description: String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var position = 0
            for nibble in 0..<32 {
                if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
                    buffer[position] = UInt8(ascii: "-")
                    position += 1
                }
                let word = nibble < 16 ? high : low
                let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - nibble % 16 * 4) & 15)
                buffer[position] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
                position += 1
            }
            return position
        }
    }
}

/// The id of an `Entity`: two ids of different kinds cannot be swapped by mistake.
public struct ID<Entity>: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let value: UniqueID

    public init(_ value: UniqueID) {
        self.value = value
    }

    public init?(_ description: String) {
        guard let value = UniqueID(description) else { return nil }
        self.value = value
    }

    public var description: String { value.description }

    public static func < (left: ID, right: ID) -> Bool { left.value < right.value }
}

public typealias TaskID = ID<TodoTask>
public typealias UserID = ID<User>
public typealias SessionID = ID<Session>
public typealias TokenID = ID<PersonalToken>
public typealias EventID = ID<Event>
public typealias SeriesID = ID<TaskSeries>
public typealias ReminderID = ID<Reminder>
public typealias NotificationID = ID<Notification>
public typealias DestinationID = ID<ChannelDestination>
public typealias SavedFilterID = ID<SavedFilter>
public typealias FeedID = ID<CalendarFeed>
public typealias DeliveryID = ID<Delivery>
