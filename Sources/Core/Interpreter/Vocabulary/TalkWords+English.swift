extension TalkWords {
    static let english = TalkWords(
        patterns: englishAsking + englishFields + englishChanging, broadPatterns: englishBroadPatterns,
        openers: phrases(
            """
            please,pls,plz,kindly,hey,hi,hello,errand,ok,okay,so,well,um,uh,and,then,also,now,oh,yes,yeah,great,
            thanks,could you,can you,would you,will you,could you please,i want to,i want you to,i'd like to,
            i'd like you to,i would like to,i would like you to,let's,go ahead and,just,i need you to,
            please can you,no,nope,wait,actually,oops,sorry,hmm,by the way,btw,quick,also please,perfect,
            alright,right,good,cool
            """
        ),
        closers: phrases(
            """
            please,pls,thanks,thank you,for me,thx,ok,okay,will you,would you,could you,right now,right away,
            if you can,if possible,immediately,asap please,to me,instead please
            """
        ),
        listPhrases: phrases(
            """
            to my list,to the list,to my to-do list,to my todo list,to my todos,to my tasks,to my task list,
            on my list,to the todo list,to the to-do list,on the list,to list,to my to do list,as a task,
            as a todo,as a new task,to errand,onto my list,to the task list,into my list,on my to-do list,
            on my todo list,in my list
            """
        ),
        lookalikes: words(
            """
            deleted removed moved finished completed marked pushed renamed restored cleaned clean closet
            finnish rewind remains remade deletes moves removes finishes completes pending spending ending
            reminded restores skipped tagged listed showed shows show reopened undone changes changed clear
            tacks casks
            """
        ),
        articles: words("the my a an this that these those our your some of to its"),
        nouns: words("task tasks todo to-do item one ones thing entry job stuff session things items"),
        single: phrases(
            """
            it,that,this,that one,this one,the one,that task,this task,the task,the same,the same one,
            that thing,the same task,the last task,it all,the new one,the new task,that last one,
            the one i just added
            """
        ),
        several: phrases(
            """
            them,these,those,they,both,both of them,all of them,them all,all of these,all of those,these ones,
            those ones,these tasks,those tasks,all three,all three of them,them both,the two,all of it,
            all those,all these,both tasks,each of them,everything on that list,all of the above,the lot,
            that list,those two,these two
            """
        ),
        other: phrases(
            """
            the other one,the other,the other task,other one,the remaining one,the other two,the others
            """
        ),
        both: phrases(
            """
            both,both of them,all,all of them,them all,everything,each,all of those,both please,all three,
            the lot,either,both tasks,them both,every one,all of these,yes both,yes all,1 and 2 both
            """
        ),
        neither: phrases(
            """
            neither,none,none of them,neither of them,neither one,never mind,nevermind,cancel,cancel that,
            forget it,stop,no,nope,nothing,forget that,leave it,no thanks,none of those,none of these,abort,
            leave them,leave it alone,neither of those,don't,do nothing,not any of them,no one,skip that
            """
        ),
        yes: phrases(
            """
            yes,yep,yeah,yup,sure,ok,okay,go ahead,do it,confirm,confirmed,of course,absolutely,please do,
            go for it,y,yes please,yes do it,yes go ahead,correct,right,definitely,fine,sounds good,
            yes all of them,delete them,yes delete them,that's right,affirmative,yes i'm sure,i'm sure,im sure,
            all of them,certainly,sure thing,yes both,both,ok do it,yes delete all,all,do that,make it so,aye,
            yes all,yes i am,yes complete them,yes mark them,mark them,yes delete it,yes delete them all,
            exactly,it is,yes that one,that one,sure go ahead
            """
        ),
        no: phrases(
            """
            no,nope,nah,don't,stop,cancel,never mind,nevermind,no thanks,no don't,forget it,better not,not now,
            abort,n,no way,don't do it,leave them,leave it,wait no,no wait,hold on,keep them,cancel that,
            negative,no thank you,wait,no leave them,no keep them,neither,none,none of them,forget that,not yet,
            of course not,rather not
            """
        ),
        only: words("only just"),
        and: words("and & plus"),
        numberWords: words("number no nr task item todo #"),
        quantifiers: words("all every any everything anything each something whatever"),
        wholes: words("everything anything something whatever stuff list"),
        plurals: words(
            """
            tasks task things thing todos todo to-dos to-do items item ones one stuff chores reminders entries
            jobs
            """
        ),
        traits: [
            (["overdue"], .overdue), (["late"], .overdue), (["past", "due"], .overdue), (["over", "due"], .overdue),
            (["behind"], .overdue),
            (["done"], .done), (["completed"], .done), (["finished"], .done), (["i", "finished"], .done),
            (["i've", "finished"], .done), (["i", "completed"], .done), (["i've", "completed"], .done),
            (["i", "did"], .done),
            (["i've", "done"], .done), (["i", "have", "done"], .done), (["i", "have", "finished"], .done),
            (["checked", "off"], .done),
            (["i", "have", "completed"], .done), (["already", "done"], .done), (["ticked", "off"], .done),
            (["open"], .open), (["pending"], .open), (["unfinished"], .open), (["incomplete"], .open),
            (["remaining"], .open),
            (["not", "done"], .open), (["outstanding"], .open), (["undone"], .open), (["uncompleted"], .open),
            (["active"], .open),
            (["not", "finished"], .open), (["not", "completed"], .open), (["left"], .open),
            (["recurring"], .recurring), (["repeating"], .recurring), (["repeat"], .recurring), (["recur"], .recurring),
            (["repeats"], .recurring), (["repeated"], .recurring),
            (["untagged"], .untagged), (["no", "tags"], .untagged), (["without", "tags"], .untagged),
            (["without", "a", "tag"], .untagged),
            (["with", "no", "tags"], .untagged), (["without", "any", "tags"], .untagged),
            (["undated"], .undated), (["unscheduled"], .undated), (["no", "due", "date"], .undated),
            (["no", "date"], .undated), (["no", "deadline"], .undated),
            (["without", "a", "date"], .undated), (["without", "a", "due", "date"], .undated),
            (["without", "due", "date"], .undated),
            (["without", "date"], .undated), (["without", "dates"], .undated),
            (["with", "no", "due", "date"], .undated), (["with", "no", "date"], .undated),
            (["without", "a", "deadline"], .undated), (["with", "no", "deadline"], .undated),
            (["without", "due", "dates"], .undated),
            (["without", "deadline"], .undated), (["without", "deadlines"], .undated),
            (["with", "no", "dates"], .undated),
            (["doesn't", "have", "a", "date"], .undated), (["don't", "have", "a", "date"], .undated),
            (["doesn't", "have", "a", "due", "date"], .undated), (["has", "no", "date"], .undated),
            (["has", "no", "due", "date"], .undated), (["have", "no", "date"], .undated),
            (["have", "no", "due", "date"], .undated), (["don't", "have", "a", "due", "date"], .undated),
            (["isn't", "scheduled"], .undated),
            (["deleted"], .deleted), (["in", "the", "trash"], .deleted), (["in", "trash"], .deleted),
            (["trashed"], .deleted), (["i", "deleted"], .deleted), (["did", "i", "delete"], .deleted),
            (["have", "i", "deleted"], .deleted), (["in", "the", "bin"], .deleted),
            (["with", "reminders"], .reminded), (["with", "a", "reminder"], .reminded),
        ],
        someFillers: words(
            """
            the my of that that's are is which i've i have been still me on currently in were marked already
            was a an and
            """
        ),
        askFillers: words(
            """
            do i have to got for me there on my list is are due need left in total still at be right now marked
            get must should we our any much else show going planned scheduled happening with can you see up
            coming out open does did stuff the pending plate then agenda today's priorities i've today tonight
            this of all actually exactly currently done
            """
        ),
        tagged: phrases(
            """
            tagged with,tagged as,tagged,labelled,labeled,with the tag,with tag,with the label,with label,under,
            under the tag,in the category,with a tag,having the tag
            """
        ),
        or: words("or"), lateWords: words("late behind missed miss forgotten"),
        about: words("for in from on of at under about"),
        due: words("due"), before: words("before until till by"), after: words("after since"),
        searching: words("about containing mentioning called named regarding"),
        possessives: ["'s"],
        endings: words("s es ed d ing ings e er ers y ies ied ying 's s' ion ions tion al ment ments ly"),
        irregular: [
            "paid": ["pay"], "bought": ["buy"], "sent": ["send", "email", "mail"], "wrote": ["write"],
            "written": ["write"], "made": ["make"],
            "got": ["get", "buy", "pick"], "took": ["take"], "taken": ["take"], "did": ["do"], "done": ["do"],
            "went": ["go"], "read": ["read"],
            "gave": ["give"], "given": ["give"], "met": ["meet"], "ran": ["run"], "sold": ["sell"], "told": ["tell"],
            "spoke": ["speak"],
            "spoken": ["speak", "talk"], "built": ["build"], "brought": ["bring"], "found": ["find"], "fed": ["feed"],
            "swept": ["sweep"],
            "hung": ["hang"], "put": ["put"], "cut": ["cut"], "set": ["set"], "rang": ["ring", "call"],
            "phoned": ["call", "phone"],
            "began": ["begin"], "chose": ["choose"], "drove": ["drive"], "left": ["leave"], "lent": ["lend"],
            "spent": ["spend"],
            "taught": ["teach"], "thought": ["think"], "threw": ["throw"], "thrown": ["throw"], "drew": ["draw"],
            "saw": ["see"], "fixed": ["fix"],
            "held": ["hold"], "kept": ["keep"], "learnt": ["learn"], "swam": ["swim"], "dealt": ["deal"],
            "filed": ["file"], "sewed": ["sew"],
            "baked": ["bake"], "children's": ["child"], "wash": ["washing"], "emailed": ["email"],
        ],
        pastEndings: ["ed"],
        empty: words(
            """
            the a an my to for of on in at with about task tasks one ones todo item thing please that this our
            your entry and from
            """
        ),
        taskVerbs: words(
            """
            buy call pay email mail send write book fix clean wash feed get pick order schedule make cook bake
            water walk read finish prepare review submit renew cancel check plan visit take bring return meet
            drop mow vacuum paint repair organize organise update file text ring message ask go find sort tidy
            do iron sweep print sign install study learn practice research collect replace change charge move
            build sell wrap post ship arrange register apply book draft reply respond follow set backup back
            pack hoover clear dust invite contact talk confirm create plant trim cut download upload test
            deploy merge start attend join watch try pickup water
            """
        ),
        manyLeads: phrases(
            """
            these,the following,these tasks,three tasks,two tasks,four tasks,these three,these two,three things,
            two things,the following tasks,five tasks,four things
            """
        ),
        joinsWords: false, say: .english, joiner: "to", answerLeads: words("i mean meant please yes no it's"),
        through: words("by until till"),
        priorityNouns: words("priority prio"), remindStems: ["remind", "ping", "nudge"],
        more: words("and also then"), tagWords: words("tag label untag unlabel file categorize tagged"),
        everyWords: words("all both every each"),
        placeNames: ["first", "second", "third", "fourth", "fifth", "last"],
        not: words("not"), ratherThan: phrases("instead of,rather than,and not,but not"),
        owners: [
            "mine": words("me my mine myself i"), "ours": words("us our ours"), "his": words("him his"),
            "hers": words("her hers"), "theirs": words("them their theirs"),
        ]
    )
}
