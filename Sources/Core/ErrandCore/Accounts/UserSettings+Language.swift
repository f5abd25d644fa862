import CivilTime
import TaskLanguage

extension UserSettings {
    /// What words mean to this user at `now`.
    func language(at now: Instant) -> LanguageContext {
        LanguageContext(
            now: zone.localDateTime(at: now), today: today(at: now), zone: zone, weekStart: weekStart,
            language: spokenLanguage, dayComesFirst: locale?.dayComesFirst ?? dayComesFirst, dayParts: dayParts
        )
    }
}
