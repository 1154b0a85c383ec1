"""The two articles of the triplet test, written for it; places and deeds are invented."""

from article import Article, Ref

ENGLISH = Article(
    lang="en",
    title="Tell Kabir offensive (2016)",
    box=[
        ("conflict", "", "Tell Kabir offensive (2016)"),
        ("date", "Date", "3 March – 20 April 2016"),
        ("place", "Location", "Homs Governorate, Syria"),
        ("result", "Result", "Syrian Army victory"),
        ("combatant1", "Belligerents", "Syrian Army;Hezbollah"),
        ("combatant2", "Belligerents", "ISIL"),
    ],
    blocks=[
        ("hatnote", "Syrian civil war"),
        (
            "paragraph",
            "The Tell Kabir offensive was an operation of the {link:Syrian Arab Army|Syrian Army} against {link:Islamic State|ISIL} in March and April 2016.{a}{b}",
        ),
        ("heading", "Background"),
        ("caption", "Soldiers captured the fort of Palmyra in 2014.{pic}"),
        (
            "paragraph",
            "In December 2015, ISIL captured the town of {link:Tell Kabir}.{c+d} The Syrian Army withdrew from {link:Qasr Hamid} on 2 January 2016.{e}",
        ),
        ("heading", "The offensive"),
        (
            "paragraph",
            "On 3 March 2016, the Syrian Army captured the village of {link:Tell Asfar|Tell Asfar}, 4 km south of the town.{a} Two days later, it recaptured {link:Qasr Hamid}.{f}{g}",
        ),
        (
            "paragraph",
            "On 9 March, ISIL recaptured Tell Asfar after heavy fighting.{h+i} The next day, government forces captured Bir Salem and Khirbat Zaher,{j} and repelled an attack on Qasr Hamid.{k}",
        ),
        (
            "paragraph",
            "On 14 March, the Syrian Army captured Hill 614.{l}{n1} According to activists, ISIL captured Bir Salem on 16 March.{m} It was the third time that the village changed hands {tag:citation needed}.",
        ),
        ("heading", "April"),
        ("bullet", "On 1 April, the Syrian Army took control of Wadi Suwan.{n}"),
        (
            "bullet",
            "On 4 April, the Syrian Army captured Rasm Tawil and {link:Tell Tamr (Homs)|Tell Tamr}.{o+p}",
        ),
        ("bullet", "On 6 April, ISIL seized Rasm Tawil.{q}"),
        (
            "paragraph",
            "On 8 April, the Syrian Army recaptured Rasm Tawil.{r}{s} Six days later, its troops entered the town of Tell Kabir,{t} and on 17 April they captured the town.{u+v+w}",
        ),
        ("row", "18 April | The Syrian Army captured Jabal Nasr.{x}"),
        ("row", "19 April | ISIL captured Umm Rijm.{y}"),
        ("heading", "Aftermath"),
        (
            "paragraph",
            "On 20 April, the Syrian Army captured Umm Rijm.{z}{n2} ISIL withdrew from Abu Qala on 22 April.{aa+bb} On 25 April, the Syrian Army captured Deir Hafir.{cc}{f} By then the offensive had ended.{a+dd}",
        ),
    ],
    refs={
        "a": Ref("named", "The spring war", "Example Press", "https://example.org/a"),
        "b": Ref("cite", "Offensive begins", "Desk News", "https://example.org/b", "Smith"),
        "pic": Ref("plain", "A picture", "Archive"),
        "c": Ref("Cite", "The fall of the town", "Daily Wire", "https://example.org/c"),
        "d": Ref("sfn", "12", "", author="Jones"),
        "e": Ref("list", "Retreat", "Desk News"),
        "f": Ref("multi", "Fort retaken", "The Courier", "https://example.org/f"),
        "g": Ref("plain", "Morning report", "Army Office", "https://example.org/g"),
        "h": Ref("named", "Counter-attack", "The Courier"),
        "i": Ref("tag", "A tagged note", "The Courier"),
        "j": Ref("r", "Two villages", "Monitor"),
        "k": Ref("sfn", "14", "", author="Jones"),
        "l": Ref("plain", "Hill taken", "Monitor"),
        "m": Ref("cite", "Activists say", "Network", "https://example.org/m", "Khoury"),
        "n1": Ref("note", "The hill has two summits", "editors", group="lower-alpha"),
        "n": Ref("plain", "Valley", "Monitor"),
        "o": Ref("list", "April days", "Monitor"),
        "p": Ref("Cite", "More villages", "Daily Wire", "https://example.org/p"),
        "q": Ref("note", "A note without a group", "editors"),
        "r": Ref("r", "Back again", "Monitor"),
        "s": Ref("plain", "Evening report", "Army Office"),
        "t": Ref("multi", "Street by street", "The Courier", "https://example.org/t"),
        "u": Ref("cite", "Town falls", "Desk News", "https://example.org/u", "Smith"),
        "v": Ref("sfn", "20", "", author="Jones"),
        "w": Ref("named", "The end", "Desk News"),
        "x": Ref("plain", "Mountain", "Monitor"),
        "y": Ref("Cite", "Last raid", "Daily Wire", "https://example.org/y"),
        "z": Ref("named", "Aftermath", "Desk News"),
        "n2": Ref("note", "Some sources say 21 April", "editors", group="lower-alpha"),
        "aa": Ref("tag", "Withdrawal", "Monitor"),
        "bb": Ref("list", "Map of April", "Cartographer"),
        "cc": Ref("plain", "Northward", "Army Office"),
        "dd": Ref("cite", "Summing up", "Example Press", "https://example.org/dd", "Writer"),
    },
)

HUNGARIAN = Article(
    lang="hu",
    title="Tell Kabir-i offenzíva (2016)",
    box=[
        ("hadművelet", "", "Tell Kabir-i offenzíva (2016)"),
        ("dátum", "Időpont", "2016. március 3. – április 20."),
        ("hely", "Helyszín", "Homsz kormányzóság, Szíria"),
        ("eredmény", "Eredmény", "A Szíriai Hadsereg győzelme"),
        ("szemben1", "Harcoló felek", "Szíriai Hadsereg;Hezbollah"),
        ("szemben2", "Harcoló felek", "ISIL"),
    ],
    blocks=[
        (
            "paragraph",
            "A Tell Kabir-i offenzíva a {link:Szíriai Hadsereg|szír hadsereg} hadművelete volt az {link:Iszlám Állam|ISIL} ellen 2016 márciusában és áprilisában.{a}{b}",
        ),
        ("heading", "Előzmények"),
        ("caption", "A katonák 2014-ben elfoglalták Palmüra erődjét.{pic}"),
        (
            "paragraph",
            "2015 decemberében az ISIL elfoglalta {link:Tell Kabir} városát.{c+d} A szír hadsereg 2016. január 2-án kivonult {link:Kaszr Hamid} faluból.{e}",
        ),
        ("heading", "Az offenzíva"),
        (
            "paragraph",
            "2016. március 3-án a szír hadsereg elfoglalta a várostól 4 km-re fekvő {link:Tell Aszfar|Tell Aszfar} falut.{a} Két nappal később visszafoglalta {link:Kaszr Hamid} falut.{f}{g}",
        ),
        (
            "paragraph",
            "Március 9-én az ISIL heves harcok után visszafoglalta Tell Aszfar falut.{h+i} Másnap a hadsereg elfoglalta Bír Szálem és Hirbat Záher falvakat,{j} és visszaverte a Kaszr Hamid elleni támadást.{k}",
        ),
        (
            "paragraph",
            "Március 14-én a szír hadsereg elfoglalta a Tell Daher hegyet.{l}{n1} Aktivisták szerint az ISIL március 16-án elfoglalta Bír Szálem falut.{m} A falu ekkor cserélt gazdát harmadszor {tag:forrás?}.",
        ),
        ("heading", "Április"),
        ("bullet", "Április 1-jén a szír hadsereg elfoglalta Vádi Szuván falut.{n}"),
        (
            "bullet",
            "Április 4-én a szír hadsereg elfoglalta Raszm Tavíl és {link:Tell Tamr (Homsz)|Tell Tamr} falvakat.{o+p}",
        ),
        ("bullet", "Április 6-án az ISIL elfoglalta Raszm Tavíl falut.{q}"),
        (
            "paragraph",
            "Április 8-án a szír hadsereg visszafoglalta Raszm Tavíl falut.{r}{s} Hat nappal később csapatai elérték Tell Kabir városát,{t} és április 17-én elfoglalták a várost.{u+v+w}",
        ),
        ("row", "Április 18. | A szír hadsereg elfoglalta a Dzsabal Naszr hegyet.{x}"),
        ("row", "Április 19. | Az ISIL elfoglalta Umm Ridzsm falut.{y}"),
        ("heading", "Utóélete"),
        (
            "paragraph",
            "Április 20-án a szír hadsereg elfoglalta Umm Ridzsm falut.{z}{n2} Az ISIL április 22-én kivonult Abu Kala faluból.{aa+bb} Április 25-én a szír hadsereg elfoglalta Deir Háfir városát.{cc}{f} Ezzel az offenzíva véget ért.{a+dd}",
        ),
    ],
    refs=ENGLISH.refs
    | {
        "b": Ref("cit", "Megindult az offenzíva", "Napi Hírek", "https://example.org/b", "Kovács"),
        "m": Ref("cit", "Aktivisták", "Hálózat", "https://example.org/m", "Szabó"),
    },
)
