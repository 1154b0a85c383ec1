"""What the words around an announcement make of it; names are invented."""

import pytest

from frontledger.model import CONTROL_KINDS

from .opening import code, facts

NO_FACT = [
    # asked, general, each time
    ("en", "Could the Romans have held Karvol?"),
    ("en", "Whoever held Karvol ruled the valley."),
    ("en", "Whenever the Turks took Karvol, they burned it."),
    ("hu", "Aki Karvolt elfoglalta, az uralta a völgyet."),
    ("hu", "Valahányszor a törökök elfoglalták Karvolt, felgyújtották."),
    # left to the future
    ("en", "It was only a matter of time before Karvol fell."),
    ("hu", "Csak idő kérdése volt, mikor esik el Karvol."),
    ("en", "The king promised him the town of Karvol once it was taken."),
    ("en", "The recapture of Karvol was at least two weeks away."),
    ("en", "On 5 May 1920 the fall of Karvol was only days away."),
    ("en", "The fall of Karvol is imminent."),
    ("hu", "Karvol eleste küszöbön áll."),
    ("hu", "A hadsereg várhatóan heteken belül visszafoglalja Karvolt."),
    # talked, decided, dreamt about
    ("en", "Negotiations over the surrender of Karvol broke down on 3 May 1625."),
    ("hu", "A Karvol átadásáról folytatott tárgyalások 1625. május 3-án megszakadtak."),
    ("hu", "A haditanács 1552. május 3-án elvetette Karvol feladását."),
    ("hu", "Róma fontolgatta Karvol feladását."),
    ("hu", "Karvol visszavétele mindenkinek a vágya volt."),
    ("en", "On 3 May 1944 British forces practised the capture of Karvol."),
    ("hu", "A terv szerint a hadosztály május 3-án elfoglalja Karvolt."),
    # several verbs under one plan
    ("en", "They planned to seize Karvol, secure Derin, and then take Tolm."),
    ("en", "The army would take Karvol and hold Derin."),
    ("hu", "Azt tervezték, hogy elfoglalják Karvolt, megszállják Derint, majd beveszik Tolmot."),
    ("hu", "Karov utasítást kapott, hogy keljen át a Dunán, és szállja meg Karvolt."),
    ("hu", "Úgy tervezte, hogy Karvolt elfoglalva Derin ellen fordul."),
    # prevented
    ("en", "The rain prevented the Mongols from capturing Karvol on 3 May 1281."),
    ("en", "The fleet averted the fall of Karvol on 3 May 1281."),
    ("hu", "Az eső 1281. május 3-án megakadályozta Karvol elfoglalását."),
    ("en", "The treaty obliged Sweden to return Karvol to Prussia."),
    ("hu", "Ha nem jön segítség, az oroszok elfoglalják Karvolt."),
    ("en", "If no help comes, the Russians capture Karvol."),
    ("en", "On 3 May 1812 Wellington ordered that Karvol be captured that night."),
    ("en", "The fog made the capture of Karvol possible."),
    ("hu", "A köd lehetővé tette Karvol elfoglalását."),
    ("hu", "Karvol elvesztése megnyitotta volna az utat."),
    ("en", "The Allies, who at first had attempted to take Karvol, met with disaster."),
    ("en", "Congress, fearing the loss of Karvol, moved to Derin."),
    ("en", "Nobody foresaw the fall of Karvol."),
    ("en", "The assault on Karvol and its capture did not take place."),
    ("hu", "Karvol elfoglalása nem következett be."),
    ("en", "The capture of Karvol was not completed."),
    ("hu", "A rebellisek Derin előtt seregük felét elvesztették."),
    ("en", "The king refused to march until Karvol was delivered up to him."),
    ("en", "In Geneva the envoys called for the surrender of Karvol."),
    ("hu", "A haditanács 1552. május 3-án Karvol feladása mellett döntött."),
    ("hu", "A vár kapitánya a rémülettől megszállva Derinbe futott."),
    ("hu", "Az elnök 2025. május 3-án Karvol elfoglalásáról beszélt."),
    # usual, remembered, cut short, called false
    ("en", "The capture of Karvol was usually followed by plunder."),
    ("hu", "Karvol elfoglalását rendszerint fosztogatás követte."),
    ("en", "Every May they commemorate the fall of Karvol."),
    ("hu", "Minden májusban megünneplik Karvol elfoglalását."),
    ("en", "Karov was recalled before capturing Karvol."),
    ("en", "Troops were raised for the conquest of Karvol."),
    ("en", "He was charged with the recapture of Karvol."),
    ("en", "The report that Karvol had fallen was false."),
    ("hu", "A Karvol elestéről szóló hír hamisnak bizonyult."),
    ("hu", "Karvol eleste esetén a király elmenekül."),
    ("hu", "Karov tábornok elindult, hogy visszafoglalja Karvolt."),
    ("hu", "Majdhogynem elesett Karvol."),
    ("en", "On 3 May 2023 Ivan Karov said no Ukrainian troops were captured."),
    ("en", "The Americans withdrew their ambassador from Karvol on 3 May 1979."),
    ("en", "The ambassador was withdrawn from Karvol on 3 May 1979."),
    ("en", "The wounded were evacuated from Karvol on 3 May 1915."),
    ("en", "Prices fell in Karvol on 3 May 1915."),
    ("hu", "A zarándokok 1187. május 3-án elhagyták Karvolt."),
    ("hu", "Karov tábornok Karvolnál elesett."),
    ("hu", "Azt remélte, hogy a svédek Karvol elfoglalása után egyesülnek vele."),
    ("en", "Had the rebels taken Karvol, Derin might have been saved."),
    # somebody's word, or what was believed
    ("en", "The army took Karvol, if the chronicle is to be believed."),
    ("en", "By all accounts the Moors held Karvol."),
    ("en", "Some say it was the Flemings who took Karvol."),
    ("hu", "Valószínű, hogy a törökök elfoglalták Karvolt."),
    ("en", "The French have lost Karvol, or so the runner says."),
    ("en", "The rebels are believed to control Karvol."),
    ("hu", "Azt hitték, hogy Karvol elesett."),
    ("hu", "A vezérkar bejelenti, hogy Karvol az ukrán erők ellenőrzése alatt áll."),
    ("en", "State TV said the attack was repelled and the army has regained control of Karvol."),
    ("en", "The agency reported that the army engaged the rebels before withdrawing from Karvol."),
    # no war
    ("en", "The Democrats captured Karvol in the election and held Derin."),
    ("hu", "A párt elfoglalta Karvolt az önkormányzati választáson."),
    ("en", "In the film, the commandos capture Karvol."),
    ("hu", "A filmben a kommandósok elfoglalják Karvolt."),
]

FACT = [
    ("en", "The army failed to prevent the fall of Karvol on 3 May 2014."),
    ("en", "The fleet could not prevent the Prussians from capturing Karvol on 3 May 1757."),
    ("hu", "A hadsereg nem tudta megakadályozni Karvol elestét 2014. május 3-án."),
    ("hu", "A helyőrség nem akadályozhatta meg, hogy a poroszok 1757. május 3-án elfoglalják Karvolt."),
    ("hu", "A svédek addig ostromolták Karvolt, amíg 1702. május 3-án el nem foglalták."),
    ("en", "The Swedes managed to seize Karvol and hold Derin."),
    ("en", "The army had to leave Karvol and give up Derin on 3 May 1944."),
    ("hu", "A terv szerint a hadosztály 1944. május 3-án elfoglalta Karvolt."),
    ("hu", "Karov tábornok, aki 1849. május 3-án elfoglalta Karvolt, Derinbe vonult."),
    ("en", "After the elections were over, the army captured Karvol on 3 May 1999."),
    ("en", "The army stopped shelling Derin and captured Karvol on 3 May 1999."),
    ("en", "The capture of Karvol on 3 May 1777 brought Howe no advantage."),
    ("hu", "Karvol elfoglalása 1777. május 3-án nem hozott békét."),
    ("en", "Karvol, thought to be impregnable, was abandoned on 3 May 1777."),
    ("en", "The army was at last able to take Karvol on 3 May 1999."),
    ("en", "The army, whose attack the rebels expected, captured Karvol on 3 May 1999."),
    ("en", "The general persuaded the garrison to surrender Karvol on 3 May 1643."),
    ("en", "The news of the fall of Karvol on 3 May 1791 depressed the troops."),
    ("hu", "Karvol 1552. május 3-i elfoglalása után a törökök békéről tárgyaltak."),
    ("en", "He thanked the troops for the liberation of Karvol on 3 May 1999."),
    ("en", "Fearing encirclement, the Serbs evacuated Karvol on 3 May 1915."),
    ("en", "The rebels denied it, but the army did capture Karvol on 3 May 2016."),
    ("en", "The army took Derin before capturing Karvol on 3 May 2016."),
    ("en", "The wrong guide was shot, and the army captured Karvol on 3 May 2016."),
    ("en", "The troops were evacuated from Karvol on 3 May 1915."),
    ("hu", "A törökök 1187. május 3-án elhagyták Karvolt."),
    ("hu", "A választás után, 1999. május 3-án a hadsereg elfoglalta Karvolt."),
]


@pytest.mark.parametrize(("lang", "text"), NO_FACT)
def test_no_fact(lang: str, text: str) -> None:
    assert not facts(code(lang, text), *CONTROL_KINDS)


@pytest.mark.parametrize(("lang", "text"), FACT)
def test_a_fact(lang: str, text: str) -> None:
    assert facts(code(lang, text), *CONTROL_KINDS)
