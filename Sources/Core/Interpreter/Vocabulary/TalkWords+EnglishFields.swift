extension TalkWords {
    /// What changes tags, priorities, reminders and series.
    static let englishFields = patterns([
        (
            .unremind,
            """
            {remove|delete|cancel|clear|drop|turn off|disable} [{the|all|my|all the|any}] {reminder|reminders|\
            alarm|alarms|alert|alerts} {from|of|for|on|about} <task>
            no [more] {reminder|reminders|alarm|alarms|alert|alerts} {for|about|on} <task> [{anymore|any more|\
            any longer}]
            {don't|do not} remind me {about|of} <task> [{anymore|any more}]
            stop reminding me {about|of|to} <task>
            {remove|cancel|delete} <task> {reminder|reminders}
            i {don't|do not} need {a|any} {reminder|reminders} for <task> [{anymore|any more|any longer}]
            """
        ),
        (
            .clearDue,
            """
            {remove|clear|delete|drop|take off|unset|cancel|erase} [the] {due date|date|deadline|due} {from|of|\
            for|on|off} <task>
            <task> has no {deadline|due date|date|due}
            unschedule <task>
            take the {due date|date|deadline} off [of] <task>
            {make|set} <task> {to|have|to have} no {date|due date|deadline}
            no [more] {deadline|due date|date} for <task> [{anymore|any more|any longer}]
            <task> {doesn't|does not} {have|need} a {deadline|due date|date} [anymore]
            set <task> to {no date|someday|no due date}
            move <task> to {someday|no date}
            {remove|clear|drop} <task> {due date|deadline|date}
            clear when <task> is due
            """
        ),
        (
            .untag,
            """
            {remove|take|delete|drop|strip|clear} [the] {tag|label|tags|labels} <tags> {from|off|off of|of|on} \
            <task>
            {remove|take|delete|drop|strip} [the] <tags> {tag|label|tags|labels} {from|off|off of|of|on} <task>
            untag <task> <tags>
            untag <tags> {from|on} <task>
            untag <task> {from|as} <tags>
            {remove|take} <tags> {from|off|off of} <task>
            <task> is {not|no longer} tagged <tags> [anymore]
            unlabel <task> <tags>
            """
        ),
        (
            .tag,
            """
            tag <task> {as|with|for} [the] [tag] <tags>
            tag <task> <tags>
            label <task> [{as|with}] <tags>
            add [{the|a}] {tag|tags|label|labels} <tags> to <task>
            add [the] <tags> {tag|tags|label} to <task>
            put [the] {tag|label|tags} <tags> on <task>
            put [the] <tags> {tag|label} on <task>
            give <task> the {tag|tags|label} <tags>
            give <task> the <tags> {tag|label}
            add <tags> to <task>
            put <tags> on <task>
            {set|change} [the] {tag|tags} {of|on|for} <task> to <tags>
            file <task> under <tags>
            mark <task> with the tag <tags>
            categorize <task> as <tags>
            """
        ),
        (
            .prioritise,
            """
            {make|mark|set|flag|turn|rate} <task> [{as|to|at|with|a|into}] [a] <priority> [{priority|task}]
            {set|change|update|raise|lower|increase|reduce|drop|bump|decrease|adjust} [the] priority {of|for|on} \
            <task> [{up|down}] to <priority> [priority]
            {set|change} <task> priority to <priority>
            {change|raise|lower|bump|increase|drop|reduce|downgrade|upgrade|move|bring|set|make|mark} <task> \
            {to|down to|up to|as|with} <priority> [priority]
            give <task> [a] <priority> [priority]
            <task> {is|are|has|have|needs to be|should be|must be} [{now|a|really|very|super|of|actually}] \
            <priority> [{now|task|priority}]
            {priority|prio} [of] <task> {is|to} <priority>
            {make|mark} <task> [as] <priority> priority
            {no|wait|actually|sorry} [{wait|make it|i meant|rather}] <priority> [priority]
            <priority> [priority] for <task>
            <task> [back] to <priority> [priority]
            {it's|that's|it is} [{really|very|super|now|actually}] <priority> [priority]
            with [a] <priority> priority
            <task> should be <priority> [priority]
            <task> <priority> {priority|prio}
            <task> {priority|prio} <priority>
            """
        ),
        (
            .remindBefore,
            """
            {remind|alert|ping|notify|warn|nudge} me [{about|of|for}] <task> <shift> {before|early|earlier|in \
            advance|beforehand|prior|ahead|ahead of time} [{it|it's due}]
            {remind|alert|ping|notify|warn|nudge} me <shift> {before|ahead of|prior to|in advance of} <task> \
            [{is due|starts|begins}]
            {remind|alert|ping|notify|warn|nudge} me <shift> {before|in advance|early|ahead|earlier|beforehand} \
            {about|of|for} <task>
            {set|add|create|put|make} [a] reminder [for|on] <shift> before <task>
            [i want] [a] reminder <shift> before <task>
            {set|add|create|put} a reminder {for|on|to|about} <task> <shift> {before|early|in advance|ahead|\
            beforehand|prior|earlier} [it]
            {remind|alert|ping|notify|warn|nudge} me <shift> {before|early|earlier|in advance|beforehand|ahead}
            make {that|it} <shift> [{before|early|beforehand|in advance|ahead}]
            {add|set} a <shift> reminder {to|for|on} <task>
            """
        ),
        (
            .remindAt,
            """
            {remind|alert|ping|notify|nudge} me {about|of|on|for} <task> <when>
            {remind|alert|ping|notify|nudge} me {about|of|on|for} <task> at <when>
            {remind|alert|ping|notify|nudge} me <when> {about|of|on} <task>
            remind me again {in <shift>|at <when>|<when>} [about <task>]
            {set|add|create|put} [a] reminder {for|on|about|to} <task> [{for|at|on|to}] <when>
            remind me again <when>
            {set|add|create} [a] reminder {for|at|on} <when> {for|on|about|to} <task>
            {set|add} <task> reminder {for|to|at} <when>
            {remind|alert|ping|notify|nudge} me {about|of} <task>
            {set|add} a reminder {for|on|about} <task>
            """
        ),
        (
            .snooze,
            """
            snooze <task> [{for|by}] [another] <shift>
            snooze <task> {until|till|to} <when>
            snooze <task> <when>
            snooze [for] <shift>
            snooze {until|till} <when>
            snooze the reminder {for|of} <task> [for] <shift>
            snooze the reminder {for|of} <task> until <when>
            """
        ),
        (
            .skip,
            """
            skip <range> <task>
            skip <task> [{this time|once|next time|this once|for now|just once}]
            skip <task> [{on|for}] <range>
            skip the next <task>
            skip [{the|this|today's}] {next|current|this|coming} {occurrence|one|time|instance} {of|for} <task>
            skip [{the|this}] {occurrence|instance|one} {of|for} <task>
            leave out <task> {this time|once}
            leave out <task> [on] <range>
            skip the next {occurrence|one|time}
            skip this [{week|time|month}]
            i'll skip <task> [{this time|once}]
            i'll skip <task> [on] <range>
            not doing <task> this time
            not doing <task> [on] <range>
            """
        ),
        (
            .endSeries,
            """
            {stop|end|cancel|finish} {repeating|recurring} <task>
            {stop|end|cancel} [the] {series|recurrence|repetition|repeat|repeats|schedule} {of|for|on} <task>
            {end|stop|cancel} [the] <task> {series|recurrence|repetition|from repeating}
            <task> should {not|no longer|never} {repeat|recur} [{anymore|any more|again}]
            <task> {shouldn't|doesn't need to|needn't} {repeat|recur} [{anymore|any more}]
            make <task> {not|no longer|non} {recurring|repeating|recur|repeat} [anymore]
            make <task> {non-recurring|nonrecurring|one-off|a one-off|one-time|a one-time task}
            stop <task> from {repeating|recurring|coming back}
            {don't|do not} repeat <task> [{anymore|any more}]
            no more repeats for <task>
            <task> {don't|doesn't|do not|does not|won't} {repeat|recur} [{anymore|any more}]
            {it|that} {doesn't|does not|shouldn't} {repeat|recur} [{anymore|any more}]
            {remove|clear|delete} the {recurrence|repetition|repeat|repeat rule|rule|repeats} {from|of|for|on} \
            <task>
            turn off {repeat|repeating|recurrence} {for|on} <task>
            stop repeating {it|this|that}
            """
        ),
        (
            .repeats,
            """
            make <task> [{repeat|recur|happen|a|recurring}] <rule> [{task|thing|instead|only|now}]
            {repeat|recur} <task> <rule>
            {change|set|switch|turn} <task> [{to|into}] [a] [{repeat|recur|repeating|recurring}] <rule> [{task|\
            instead}]
            <task> {repeats|recurs|should repeat|should recur|should be|happens|comes} <rule> [now]
            do <task> <rule> [{instead|from now on|now}]
            <task> <rule> {instead|from now on}
            <task> <rule> {instead of|rather than} <text>
            {change|set} the {recurrence|repetition|rule|repeat} of <task> to <rule>
            i want <task> {to repeat|repeated|to be} <rule>
            set <task> to {repeat|recur} <rule>
            <task> is [now] [a] <rule> [task]
            turn <task> into a <rule> {task|thing}
            """
        ),
        (
            .earlier,
            """
            {bring|pull|move} <task> {forward|in|up} [by] <shift>
            {move|make|do|bring|schedule|reschedule|shift|set} <task> [to] <shift> {earlier|sooner}
            {bring|pull} forward <task> [by] <shift>
            {move|shift|make} <task> earlier by <shift>
            """
        ),
        (
            .later,
            """
            {push|postpone|delay|move|defer|shift|bump|reschedule|extend|put off|put|push back|hold off on|hold \
            off|hold} <task> [{back|out|off|later|on}] [{by|for}] [another] <shift> [{later|back|out}]
            give {me|myself} [another] <shift> more {for|on|to} <task>
            give {me|myself} another <shift> {for|on} <task>
            {make|set|do} <task> <shift> later
            {push|put|move|delay} [{back|off}] <task> [by] <shift>
            <shift> later for <task>
            """
        ),
    ])
}
