/// 1 January as days since the epoch.
func firstDay(of year: Int) -> Int {
    let before = year - 1
    return before * 365 + before / 4 - before / 100 + before / 400 - 719_162
}

/// Monday 0 to Sunday 6; 1970-01-01 was a Thursday.
func weekdayIndex(_ day: Int) -> Int {
    let index = (day + 3) % 7
    return index < 0 ? index + 7 : index
}

func floorDivide(_ dividend: Int, _ divisor: Int) -> Int {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
}

func ceilDivide(_ dividend: Int, _ divisor: Int) -> Int { -floorDivide(-dividend, divisor) }
