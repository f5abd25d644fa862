extension TalkWords {
    static let german = TalkWords(
        patterns: germanPatterns, broadPatterns: germanBroadPatterns,
        openers: phrases(
            """
            bitte,kannst du,könntest du,würdest du,hey,hallo,ok,okay,und,dann,also,auch,jetzt,mal,ja,nein,
            kannst du bitte,könntest du bitte,ich möchte,ich will,doch,halt,warte,super
            """
        ),
        closers: phrases("bitte,danke,für mich,mal"),
        listPhrases: phrases("zu meiner liste,auf meine liste,auf die liste,zur liste,in meine liste"),
        lookalikes: words("gelöscht verschoben erledigte"),
        articles: words(
            """
            der die das den dem des mein meine meinen meinem meiner ein eine einen dieser diese dieses diesen
            """
        ),
        nouns: words("aufgabe aufgaben eintrag punkt nummer"),
        single: phrases("es,ihn,das,die,den,diese,dieses,diesen,die aufgabe,diese aufgabe"),
        several: phrases("sie,beide,alle,sie alle,beiden,die beiden,diese aufgaben"),
        other: phrases("die andere,das andere,den anderen,der andere"),
        both: phrases("beide,alle,alles,alle beide"),
        neither: phrases(
            """
            keine,keinen,keins,keine von beiden,keinen von beiden,keines,abbrechen,nein,vergiss es,stopp,nichts,
            lass es,egal,doch nicht
            """
        ),
        yes: phrases(
            """
            ja,jawohl,klar,sicher,ok,okay,mach das,ja bitte,gerne,genau,natürlich,los,ja alle,ja mach das,
            bestätigt,tu es,ja löschen
            """
        ),
        no: phrases(
            """
            nein,nee,nö,abbrechen,stopp,lieber nicht,nicht,lass es,nein danke,vergiss es,doch nicht,bloß nicht
            """
        ),
        only: words("nur"), and: words("und & sowie"), numberWords: words("nummer nr aufgabe"),
        quantifiers: words("alle alles jede jeden sämtliche irgendwas etwas irgendetwas allen"),
        wholes: words("alles irgendwas etwas irgendetwas"),
        plurals: words("aufgaben aufgabe sachen dinge punkte einträge todos erinnerungen"),
        traits: [
            (["überfällig"], .overdue), (["überfällige"], .overdue), (["überfälligen"], .overdue),
            (["erledigt"], .done), (["erledigte"], .done), (["erledigten"], .done),
            (["fertig"], .done), (["fertigen"], .done), (["offen"], .open), (["offene"], .open), (["offenen"], .open),
            (["wiederkehrende"], .recurring), (["wiederkehrenden"], .recurring),
            (["ohne", "datum"], .undated), (["im", "papierkorb"], .deleted), (["gelöschten"], .deleted),
            (["gelöschte"], .deleted), (["ohne", "termin"], .undated), (["ohne", "tags"], .untagged),
            (["abgeschlossenen"], .done), (["abgeschlossene"], .done),
        ],
        someFillers: words("der die das den meine meinen meiner mir sind ist noch von mit"),
        askFillers: words(
            """
            habe ich steht stehen an zu tun ist sind fällig noch gibt es mir muss für machen denn gerade offen
            liegt haben
            """
        ),
        tagged: phrases("mit dem tag,mit tag,getaggt mit,unter,mit der markierung"), or: words("oder"),
        lateWords: words("verpasst versäumt"), about: words("für von am in im zu auf vom"),
        due: words("fällig fälligen fällige"), before: words("vor bis"), after: words("nach seit"),
        searching: words("über namens"), possessives: [],
        endings: words("e en er es em n s t te ten st ung ungen end et ete"),
        irregular: [
            "gekauft": ["kaufen"], "bezahlt": ["zahlen", "bezahlen"], "gezahlt": ["zahlen"], "abgegeben": ["abgeben"],
            "angerufen": ["anrufen"], "gegossen": ["gießen"],
            "geschickt": ["schicken"], "aufgeräumt": ["aufräumen"], "verlängert": ["verlängern"],
            "geschrieben": ["schreiben"], "gelesen": ["lesen"],
            "geputzt": ["putzen"], "gebucht": ["buchen"], "gemacht": ["machen"], "geholt": ["holen"],
            "abgeholt": ["abholen"], "gekündigt": ["kündigen"], "gebracht": ["bringen"],
            "gewaschen": ["waschen"], "repariert": ["reparieren"], "besorgt": ["besorgen"], "gesendet": ["senden"],
            "überwiesen": ["überweisen"],
        ],
        pastEndings: ["t"],
        empty: words(
            """
            der die das den dem des mein meine meinen meinem ein eine einen zu zum zur für von mit aufgabe
            aufgaben und im am an
            """
        ),
        taskVerbs: words("kaufe rufe"), manyLeads: phrases("folgende,diese"), joinsWords: true, say: .german,
        joiner: "auf", answerLeads: words("ich meine bitte ja nein"), through: words("bis"),
        priorityNouns: words("priorität prio"), remindStems: ["erinner"],
        more: words("und auch dann"), tagWords: words("tagge tag taggen"),
        everyWords: words("alle beide jede"),
        placeNames: ["erste", "zweite", "dritte", "letzte", "ersten", "zweiten", "letzten"],
        not: words("nicht"), ratherThan: phrases("statt,anstatt,und nicht,anstelle von"),
        owners: [
            "meiner": germanMine, "meine": germanMine, "meins": germanMine, "meinen": germanMine,
            "unserer": germanOurs, "unsere": germanOurs, "unseren": germanOurs, "unseres": germanOurs,
            "seiner": words("ihn ihm sein seine"), "ihrer": words("sie ihr ihre"),
        ]
    )

    private static let germanMine = words("mich mir mein meine meinen meiner ich")
    private static let germanOurs = words("uns unser unsere unseren unserer")
}
