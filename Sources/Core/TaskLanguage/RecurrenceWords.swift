public import CivilTime
import Recurrence

public enum RecurrenceWords {
    public static func parse(
        _ text: String, in context: LanguageContext
    ) -> (recurrence: ParsedRecurrence, due: ParsedDue?)? { nil }

    public static func text(for recurrence: ParsedRecurrence, time: LocalTime?, in language: Language) -> String? { nil }
}
