extension TalkWords {
    /// As in English, most special first.
    static let germanPatterns = patterns([
        (
            .undo,
            """
            rückgängig [machen]
            {mach|mache} {das|es|die letzte änderung} [wieder] rückgängig
            nimm das zurück
            letzte änderung rückgängig [machen]
            das war ein {fehler|versehen}
            undo
            """
        ),
        (
            .help,
            """
            hilfe
            hilf mir
            was kannst du [alles]
            wie {kann|lösche|füge} ich <text>
            was kann ich {sagen|fragen|tun}
            wie funktioniert das
            wie geht das
            """
        ),
        (
            .greet,
            """
            {hallo|guten morgen|guten tag|guten abend|hi|moin|servus}
            """
        ),
        (
            .thank,
            """
            {danke|vielen dank|danke schön|dankeschön|super|prima}
            """
        ),
        (
            .countListed,
            """
            wie viele [{sind das|sind es}]
            """
        ),
        (
            .count,
            """
            {wie viele|wieviele} <some>
            wie viel <some>
            """
        ),
        (
            .finished,
            """
            was habe ich [<range>] {erledigt|geschafft|gemacht|abgeschlossen|fertig gemacht}
            was habe ich <range> alles {erledigt|geschafft|gemacht}
            was {ist|wurde} <range> erledigt [worden]
            {zeig|zeige} [mir] was ich <range> {erledigt|geschafft} habe
            """
        ),
        (
            .when,
            """
            wann ist <task> [fällig]
            wann muss ich <task>
            wann {habe|hab} ich <task>
            bis wann muss ich <task>
            wann sind <task> [fällig]
            wann soll ich <task>
            wann kommt <task>
            """
        ),
        (
            .status,
            """
            {ist|sind} <task> [schon] {erledigt|fertig}
            {habe|hab} ich <task> [schon] {erledigt|fertig}
            habe ich [schon] <task>
            """
        ),
        (
            .agenda,
            """
            was kommt als nächstes
            was {steht|kommt} als nächstes [an]
            was ist als nächstes dran
            """
        ),
        (
            .find,
            """
            {suche|finde|such} [nach] <text>
            {gibt es|habe ich} {etwas|was} {zu|über|zum|zur} <text>
            """
        ),
        (
            .list,
            """
            {zeig|zeige|liste} [mir] <some> [auf]
            was <some>
            welche <some>
            was {steht|liegt} <range> an
            was {steht|liegt} an [<range>]
            was ist <some>
            was habe ich <range> {zu tun|vor|zu erledigen}
            was muss ich <range> {machen|tun|erledigen}
            habe ich <range> {etwas|was} [zu tun]
            gibt es <some>
            was ist <range> fällig
            steht <range> {etwas|was} an
            was habe ich [noch] zu tun
            """
        ),
        (
            .details,
            """
            {zeig|zeige} [mir] <task>
            was ist {mit|über} <task>
            """
        ),
        (
            .alsoWhen,
            """
            was ist mit <task>
            """
        ),
        (
            .unremind,
            """
            {lösche|entferne} die {erinnerung|erinnerungen} {an|für|von} <task>
            keine {erinnerung|erinnerungen} {an|für} <task>
            erinnere mich nicht [mehr] an <task>
            """
        ),
        (
            .clearDue,
            """
            {entferne|lösche} {das datum|den termin|das fälligkeitsdatum|die frist} {von|für|bei} <task>
            <task> hat {kein datum|keinen termin|keine frist}
            """
        ),
        (
            .untag,
            """
            {entferne|lösche|nimm} [{das|den}] tag <tags> von <task> [weg]
            {entferne|lösche} <tags> von <task>
            """
        ),
        (
            .tag,
            """
            tagge <task> {mit|als} [dem tag] <tags>
            gib <task> {das|den} tag <tags>
            füge [das] tag <tags> zu <task> hinzu
            füge <task> das tag <tags> hinzu
            <task> mit <tags> taggen
            """
        ),
        (
            .prioritise,
            """
            {mach|mache|setze|setz|stelle|markiere} <task> [{auf|als|zu}] <priority> [priorität]
            <task> auf <priority> [priorität] [setzen]
            mit <priority> priorität
            {setze|setz} die priorität {von|für} <task> auf <priority>
            <task> ist [jetzt] [sehr] <priority>
            gib <task> <priority> priorität
            <task> hat <priority> priorität
            priorität von <task> auf <priority> [setzen]
            """
        ),
        (
            .remindBefore,
            """
            {erinnere|erinner} mich <shift> vor [dem|der|den] <task>
            {erinnere|erinner} mich <shift> vorher an <task>
            {erinnere|erinner} mich <shift> {vorher|davor} [daran]
            {erinnere|erinner} mich an <task> <shift> vorher
            """
        ),
        (
            .remindAt,
            """
            {erinnere|erinner} mich an <task> <when>
            {erinnere|erinner} mich <when> an <task>
            """
        ),
        (
            .snooze,
            """
            {schlummere|snooze|pausiere} <task> [für|um] <shift>
            {schlummere|snooze} <task> bis <when>
            """
        ),
        (
            .skip,
            """
            {überspringe|überspring} <task> [{diese woche|dieses mal|diesmal|heute|diesen monat}]
            <task> [{diese woche|diesmal|dieses mal|heute}] überspringen
            <task> {diese woche|diesmal|dieses mal|heute} auslassen
            <task> auslassen
            lass <task> {diese woche|dieses mal|diesmal|heute} aus
            """
        ),
        (
            .endSeries,
            """
            {beende|stoppe} die {serie|wiederholung} {von|für|der|des} <task>
            <task> soll {sich|} nicht mehr {wiederholt werden|wiederholen}
            <task> nicht mehr wiederholen
            """
        ),
        (
            .repeats,
            """
            {mach|mache} <task> <rule>
            wiederhole <task> <rule>
            <task> <rule> wiederholen
            <task> soll [sich] <rule> {wiederholen|wiederholt werden|kommen}
            """
        ),
        (
            .earlier,
            """
            {verschiebe|verschieb|zieh|ziehe} <task> um <shift> {vor|nach vorne|vorher}
            """
        ),
        (
            .later,
            """
            {verschiebe|verschieb|schiebe|schieb} <task> um <shift> [{nach hinten|später}]
            <task> um <shift> verschieben
            <task> um <shift> {später|nach hinten} [verschieben]
            """
        ),
        (
            .moveTo,
            """
            {verschiebe|verschieb|lege|leg|schiebe|schieb|setze|setz} <task> auf [den] <when>
            <task> auf [den] <when> {verschieben|verlegen|schieben}
            <task> ist [am|bis] <when> fällig
            <task> ist fällig [am] <when>
            {mach|mache} <task> <when>
            {verschiebe|verschieb} <task> <when>
            <task> bis <when>
            """
        ),
        (
            .reopen,
            """
            {öffne|mach|mache} <task> wieder [auf]
            {markiere|setze} <task> [wieder] als {offen|nicht erledigt|unerledigt}
            <task> {wieder öffnen|ist doch nicht {erledigt|fertig}}
            """
        ),
        (
            .complete,
            """
            {erledige|beende|schließe} <task> [ab]
            {hak|hake} <task> ab
            <task> {abhaken|abgehakt}
            {markiere|setze|setz} <task> [als|auf] {erledigt|fertig}
            <task> {ist|sind} [jetzt|schon|endlich] {erledigt|fertig|gemacht}
            <task> {erledigt|fertig}
            {ich habe|ich hab|habe|hab} <task> [gerade|schon|jetzt] {erledigt|fertig|abgeschlossen|geschafft|\
            gemacht|beendet|fertiggestellt}
            <task> erledigen
            <task> als {erledigt|fertig} {markieren|setzen}
            ich bin [fertig] mit <task> [fertig]
            fertig mit <task>
            """
        ),
        (
            .restore,
            """
            {stelle|stell|hol|hole} <task> {wieder her|zurück|wieder zurück}
            <task> {wiederherstellen|zurückholen}
            """
        ),
        (
            .delete,
            """
            {lösche|lösch|entferne|entfern|streiche|streich|verwirf} <task>
            <task> {löschen|entfernen|streichen}
            wirf <task> weg
            """
        ),
        (
            .describe,
            """
            {ändere|setze} die {beschreibung|notiz} {von|für} <task> {auf|zu|in} <text>
            """
        ),
        (
            .note,
            """
            notiz {zu|für|bei|zum|zur} <task> <text>
            füge <task> [die|eine] notiz [hinzu] <text>
            """
        ),
        (
            .rename,
            """
            {benenne|nenne} <task> [um] {in|zu} <title> um
            {benenne|nenne} <task> um {in|zu} <title>
            {ändere|änder} [den titel von] <task> {in|zu} <title>
            <task> in <title> umbenennen
            """
        ),
        (
            .listAgain,
            """
            welche [{sind das|denn}]
            {zeig|zeige} sie [mir]
            """
        ),
        (
            .again,
            """
            <task> auch
            und <task> auch
            auch <task>
            und <task>
            """
        ),
        (
            .unfinished,
            """
            {lösche|verschiebe|erledige|umbenennen|löschen|wiederherstellen|zurückholen|verschieben|erledigen}
            {verschiebe|verschieb} <task>
            neue aufgabe
            benenne <task> um
            tagge <task>
            """
        ),
        (
            .remark,
            """
            <task> ist [doch|noch] nicht {erledigt|fertig}
            ich habe <task> {nicht|noch nicht} {erledigt|gemacht}
            """
        ),
        (
            .correct,
            """
            {nein|doch|lieber|besser} [lieber|doch] <when>
            ich {meine|meinte} <when>
            """
        ),
        (.instead, "ich {meine|meinte} <task>"),
        (
            .list,
            """
            <some>
            """
        ),
    ])

    /// What fits much.
    static let germanBroadPatterns = patterns([
        (
            .moveTo,
            """
            <task> auf [den] <when>
            """
        ),
        (
            .deed,
            """
            <task> {ist|sind|wurde} [{jetzt|schon|endlich}] <text>
            {ich habe|ich hab|habe|hab} [gerade|schon|endlich] <deed>
            """
        ),
        (
            .add,
            """
            füge <title> hinzu
            <title> hinzufügen
            {neue|neuer} {aufgabe|eintrag|erinnerung} <title>
            {erstelle|erstell} [{eine|einen}] [neue] {aufgabe|erinnerung|eintrag} <title>
            ich {muss|soll|darf nicht vergessen} <title>
            {erinnere|erinner} mich [bitte] daran <title>
            {erinnere|erinner} mich <when> daran <title>
            {erinnere|erinner} mich <when> <title>
            {setze|setz|schreib|schreibe|pack} <title> auf [meine|die] liste
            vergiss nicht <title>
            todo <title>
            aufgabe <title>
            {trag|trage} <title> ein
            <title> auf die liste
            <title> auf meine liste
            <title> auf die liste setzen
            notiere <title>
            {denk|denke} daran <title>
            """
        ),
    ])
}
