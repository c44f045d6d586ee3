# ruff: noqa: RUF001
"""Words that carry no topic, in the main European languages."""

from collections.abc import Sequence

_ENGLISH = (
    "a about after all also am an and any are as at be because been before being between both "
    "but by can could d did do does doing down during each etc few for from further had has "
    "have having he her here hers him his how i if in into is it its just ll m me more most my "
    "no nor not of off on once only or other our out over own re s same she should so some such "
    "t than that the their them then there these they this those to too under until up "
    "upon us ve very was we were what when where which while who whom whose why will with would "
    "you your please tell explain describe many much"
)
_GERMAN = (
    "aber alle als also am an auch auf aus bei bin bis bist da damit dann das dass dem den der "
    "des die dies diese diesem diesen dieser dieses doch dort durch ein eine einem einen einer "
    "eines er es etwa für gab gibt haben hat hatte hatten ich ihm ihn ihr ihre ihrem ihren "
    "ihrer im in ist ja kann können man mehr mein mit nach nicht noch nur ob oder ohne sehr "
    "sein seine seinem seinen seiner sich sie sind so über um und uns unter viel viele vielen "
    "vom von vor war waren warum was welche welchem welchen welcher welches wem wen wenn wer "
    "werden wessen wie wieso wir wird wo wodurch wofür woher wohin worauf worin wovon wozu "
    "wurde wurden zu zum zur zwischen"
)
_FRENCH = (
    "ai au aux avec c ce ces cet cette combien comment d dans de des dont du elle elles en est "
    "et était étaient été être eu il ils j je l la laquelle le lequel les lesquelles lesquels "
    "leur leurs lui m ma mais me mes moi mon n ne nos notre nous on ont ou où par pas pour "
    "pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se ses son sont sur t "
    "ta te tes toi ton tu un une vos votre vous y à"
)
_SPANISH = (
    "a al algo como cómo con cual cuál cuáles cuando cuándo cuanta cuánta cuántas cuanto cuánto "
    "cuántos de del desde donde dónde durante e el él ella ellas ellos en entre era eran es esa "
    "ese eso esta está están este esto estos fue fueron ha había han hay la las le les lo los "
    "más me mi muy no nos o para pero por porque qué que quién quiénes se sea ser si sí sin "
    "sobre son su sus también te tiene tu un una uno unos y ya"
)
_ITALIAN = (
    "a ad ai al alla alle agli allo anche c che chi ci come con cosa cui d da dal dalla dalle "
    "dai degli dei del della delle dello di dove e è ed era erano fu furono gli ha hanno i il "
    "in io l la le lo loro ma mi nei nel nella nelle no noi non o per perché più qual quale "
    "quali quando quanta quante quanti quanto questa queste questi questo se si sono stata "
    "stato su sua sue sui sul sulla suo suoi tra un una uno vi"
)
_PORTUGUESE = (
    "a ao aos as até com como da das de dela dele do dos e é ela elas ele eles em entre era "
    "eram essa esse esta está estão este eu foi foram há isso isto já lhe mais mas me meu muito "
    "na nas não no nos num numa o onde os ou para pela pelas pelo pelos por porque qual quais "
    "quando quanta quantas quanto quantos que quem são se sem ser seu seus só sua suas também "
    "te tem um uma você"
)
_DUTCH = (
    "aan al als bij dan dat de der deze die dit door een en er had hadden heb hebben heeft het "
    "hij hoe hoeveel hun ik in is je kan kunnen maar me meer met mij na naar niet nog of om "
    "onder ons ook op over te toen tot uit van veel voor waar waarom wanneer was wat we welk "
    "welke werd werden wie wij worden wordt zal ze zich zij zijn zo zou"
)
_RUSSIAN = (
    "а без бы был была были было быть в вам вас во вы где да для до его ее её если есть еще ещё "
    "же за и из или им их к как какая какие каким какими какого какое какой каком какую кем "
    "когда кого ком кому которая которого которое которой которые который которых кто куда ли "
    "мне мы на над не него нее ней нет ни них но о об он она они оно от откуда по под почему "
    "при с сколько со так такие также такое такой там то того той только том ты у уже чего чей "
    "чем через что чтобы чьи чья это этой этом этот я"
)
_LANGUAGES = tuple(
    frozenset(words.split())
    for words in (
        _ENGLISH,
        _GERMAN,
        _FRENCH,
        _SPANISH,
        _ITALIAN,
        _PORTUGUESE,
        _DUTCH,
        _RUSSIAN,
    )
)


def without_stop_words(words: Sequence[str]) -> list[str]:
    """Return the lower-case words but for the stop words of their language.

    The language is the one with most stop words among them, English if none leads: a list of all
    languages together would drop the English "war" and "die".
    """
    stop_words = max(_LANGUAGES, key=lambda language: sum(word in language for word in words))
    return [word for word in words if word not in stop_words]
