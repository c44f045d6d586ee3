"""How pages that are no content name themselves, in the languages of most of the web.

A *name* is the whole of a title or heading; a *saying* stands anywhere in a short text. Both are
matched against lower case with plain apostrophes. On their own they prove nothing: an article
may have such a name, and any text may quote such a saying.
"""

import re
from dataclasses import dataclass

_PAGE_DE = r"(?:diese )?(?:angeforderte |gewünschte )?(?:seite|webseite|inhalt)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The names and sayings of one kind of page."""

    name: re.Pattern[str]
    saying: re.Pattern[str]


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in alternatives))


CHALLENGE = Phrases(
    name=_any(
        r"just a moment|please wait|one moment,? please|einen moment|nur einen moment(?: bitte)?",
        r"un instant|un momento|um momento|один момент|请稍候|しばらくお待ちください",
        r"attention required!?|ddos[- ]guard|security (?:check|verification|challenge)",
        r"(?:human|bot|robot) (?:verification|check|challenge)|captcha|re-?captcha|challenge page",
        r"checking your browser.*|pardon our interruption|are you (?:a )?(?:robot|human)",
        r"robot or human|robot check|client challenge|bot detection|radware.*",
        r"(?:please )?(?:verify|prove|confirm) (?:that )?you(?:'re| are) (?:a )?(?:human|not "
        r"a robot).*",
        r"verifying you are human.*|making sure you(?:'re| are) not a bot",
        r"sicherheits(?:prüfung|überprüfung|abfrage)|vérification de sécurité",
        r"verificación de seguridad|verifica di sicurezza|verificação de segurança",
        r"проверка (?:браузера|безопасности)|вы не робот|安全验证|人机验证|セキュリティ チェック",
        r"access to this page has been denied|you have been blocked|sorry, you have been blocked",
        r"unusual traffic.*|ungewöhnlicher datenverkehr.*|why did this happen",
    ),
    saying=_any(
        r"checking (?:if the site connection is secure|your browser before)",
        r"(?:verify|confirm|prove|sure|check(?:ing)?)(?: that| if)? you(?:'re| are) (?:a "
        r"human|human|not a (?:ro)?bot)",
        r"enable javascript and cookies to continue",
        r"needs to review the security of your connection",
        r"performing (?:a )?security (?:verification|check)|completing the (?:captcha|challenge)",
        r"unusual (?:traffic|activity) from your|automated (?:access|requests|queries)",
        r"(?:solve|complete|answer) (?:the|this) (?:captcha|security check|puzzle|challenge)",
        r"press (?:&|and) hold|powered and protected by|request unsuccessful\. incapsula",
        r"you have been blocked|not a robot|kein roboter|pas un robot|no (?:eres|soy) un robot",
        r"non (?:sei|sono) un robot|não (?:é|sou) um robô|geen robot|не робот|不是机器人|您是真人",
        r"ロボットでは(?:ない|ありません)|sicherheit ihrer verbindung|vérifi\w+ que vous êtes "
        r"(?:un )?humain",
        r"prüfen, ob sie ein mensch|bestätigen sie,? dass sie ein mensch",
    ),
)

NOT_FOUND = Phrases(
    name=_any(
        r"(?:http |error |erreur |fehler |errore |erro |fout |ошибка )?(?:code )?404"
        r"(?: error| errore?| erreur| fehler)?(?:[\s:,.!-]+.{0,50})?",
        r"(?:oops|sorry|uh[- ]oh|whoops|hmm+)?[\s,.!:-]*(?:the |this |that )?(?:requested )?"
        r"(?:page|article|post|site|file|content|url|resource|document)(?: you .{0,40})?"
        r" ?(?:was |is |has |could |can |does )?(?:not|n't|no longer|cannot)(?: be| been)?"
        r" ?(?:found|exist(?:s|ing)?|available|here|there)?(?: any ?more)?",
        r"(?:the |this )?(?:page|content|article)(?: you .{0,40})? (?:isn't|doesn't|can't|"
        r"cannot|couldn't|wasn't).{0,40}",
        r"not found|nothing (?:was )?found(?: here)?",
        r"(?:we )?(?:can't|couldn't|could not) find .{0,40}page.{0,30}",
        rf"{_PAGE_DE} (?:wurde )?(?:leider )?(?:nicht|existiert nicht)(?: \w+)*",
        r"(?:cette )?page (?:est )?(?:introuvable|non trouvée|inexistante|n'existe (?:pas|plus))",
        r"(?:la )?página (?:no (?:encontrada|existe|disponible)|não (?:encontrada|existe))",
        r"(?:la )?pagina (?:non (?:trovata|esiste)|niet gevonden|inesistente)|niet gevonden",
        r"страница не (?:найдена|существует)|页面(?:不存在|未找到|没有找到)|找不到(?:页面|网页)",
        r"ページが見つかりません(?:でした)?|お探しのページ.{0,20}",
        r"410 gone|(?:error )?410",
        r".{0,20}(?:page|article) (?:is|was|has been) (?:gone|missing|removed|deleted)",
    ),
    saying=_any(
        r"page (?:you(?:'re| are| were)? ?(?:looking for|requested|tried)|requested|cannot|"
        r"can't|could not|was not|wasn't|doesn't|does not|isn't|is not)",
        r"(?:page|url|file|resource|route|endpoint|article|post) .{0,40}(?:not found|not exist)",
        r"(?:page|article|content|post|link) .{0,40}no longer (?:available|exists)",
        r"nothing (?:was )?found (?:here|at this)|(?:link|address) .{0,40}(?:broken|mistyped)",
        rf"{_PAGE_DE} .{{0,60}}(?:nicht (?:gefunden|verfügbar|vorhanden)|existiert nicht)",
        r"page .{0,60}(?:introuvable|n'existe (?:pas|plus))",
        r"página .{0,60}(?:no existe|não existe|no encontrada|não encontrada)",
        r"pagina .{0,60}(?:non (?:esiste|è|trovata)|niet (?:gevonden|bestaat)|bestaat niet)",
        r"страница .{0,40}не (?:найдена|существует)|页面.{0,8}(?:不存在|找不到)|"
        r"找不到.{0,8}(?:页面|网页)",
        r"ページ.{0,12}見つかりません",
    ),
)

ERROR = Phrases(
    name=_any(
        r"(?:http |error |fehler )?(?:status )?(?:40[0135689]|429|451|5\d\d)"
        r"(?:[\s:,.!-]+.{0,50})?",
        r"access (?:is |was |to .{0,40}(?:is |was |has been ))?(?:denied|forbidden|restricted)",
        r"forbidden",
        r"(?:error )?(?:internal )?server error|bad (?:gateway|request)|gateway time-?out",
        r"(?:the )?(?:service|site|website|server|page)(?: is)? (?:temporarily "
        r")?(?:unavailable|down|offline)(?: for maintenance)?.{0,30}",
        r"too many requests|rate limit(?:ed| exceeded)?|request (?:blocked|rejected|denied)|error",
        r"an error occurred",
        r"(?:sorry, )?something went wrong|(?:an )?unexpected error.{0,30}|application error",
        r"(?:unavailable|not available) (?:for legal reasons|in your (?:country|region)).{0,30}",
        r"(?:site |under |scheduled |down for )?maintenance(?: mode)?|under construction",
        r"coming soon",
        r"(?:this )?account (?:has been )?suspended|website (?:expired|suspended|disabled)",
        r"zugriff (?:verweigert|gesperrt)|wartungs(?:arbeiten|modus)|serverfehler",
        r"accès (?:refusé|interdit)",
        r"acceso denegado|accesso negato|acesso negado|toegang geweigerd",
        r"доступ (?:запрещен|запрещён|ограничен)",
        r"访问(?:被拒绝|受限)|拒绝访问|アクセスが拒否されました|アクセス拒否|service indisponible",
        r"welcome to (?:nginx|openresty|caddy|tengine).{0,20}",
        r"(?:apache2? .{0,20})?(?:default|test) page.{0,40}",
        r"it works!?|iis windows(?: server)?|default web site page|http server test page.{0,40}",
        r"test page for the .{0,40}|web server's default page|domain default page",
    ),
    saying=_any(
        r"(?:you )?(?:do not|don't) have (?:permission|access)|access (?:is |was )?denied",
        r"forbidden",
        r"internal server error|bad gateway|gateway time-?out",
        r"service (?:temporarily )?unavailable",
        r"too many requests|rate limit|temporarily (?:unavailable|overloaded|blocked)",
        r"try again later",
        r"error (?:code:? \d|establishing a database connection)|upstream (?:connect|request)",
        r"no healthy upstream",
        r"access to this .{0,20} has been (?:limited|blocked|restricted)",
        r"request could not be satisfied",
        r"not available in your (?:country|region|location)|exception has occurred",
        r"something went wrong",
        r"web server is (?:down|returning)|unauthorized|authentication required",
        r"invalid (?:request|token)",
        r"on line \d+|stack ?trace|traceback \(most recent",
        r"connection (?:refused|failed|timed out)",
        r"zugriff verweigert|accès refusé|acceso denegado|accesso negato|acesso negado",
        r"доступ запрещ",
    ),
)

LOGIN = Phrases(
    name=_any(
        r"(?:please )?(?:sign|log) ?[io]n(?:to)?(?: to .{0,50}| or .{0,40}| required| page| "
        r"now| with .{0,30})?",
        r"login|log-?in|sign-?in",
        r"(?:member|user|account|customer|subscriber) (?:login|log in|sign in)",
        r"(?:log|sign) into .{0,40}|welcome back|authentication required|join .{0,30} to .{0,30}",
        r"(?:bitte )?(?:anmelden|einloggen|anmeldung)(?: .{0,30})?|melden sie sich .{0,40}",
        r"(?:se connecter|connexion|connectez-vous)(?: .{0,40})?|identifiez-vous.{0,40}",
        r"(?:iniciar sesión|inicia sesión|acceder|identifícate)(?: .{0,40})?|accedi(?: .{0,40})?",
        r"(?:entrar|iniciar sessão|faça login)(?: .{0,40})?|inloggen(?: .{0,30})?",
        r"log in bij .{0,30}",
        r"вход(?: .{0,30})?|войти(?: .{0,30})?|авторизация|登录.{0,10}|登錄|ログイン.{0,10}|"
        r"サインイン.{0,10}",
    ),
    saying=_any(
        r"(?:sign|log) in (?:to|or (?:sign|create)).{0,30}(?:continue|view|read|see|access|"
        r"proceed)",
        r"(?:must|need to|have to|please) (?:be logged in|log ?in|sign in)",
        r"(?:log ?in|sign in) required",
        r"(?:melden sie sich|melde dich) .{0,40}an|(?:bitte )?(?:anmelden|einloggen), um",
        r"connectez-vous (?:pour|à)|inicia sesión para|accedi per|faça login para|log in om",
        r"войдите,? (?:чтобы|в)|请(?:先)?登录|ログインして",
    ),
)

PARKED = Phrases(
    name=_any(
        r".{0,40}(?:domain )?(?:is |may be |ist |might be )?(?:for sale|zu verkaufen|à vendre|"
        r"en venta|te koop)!?",
        r"(?:buy this domain|parked domain(?: name)?|domain parking|domain parked|this domain "
        r".{0,40})",
        r".{0,40}is parked.{0,30}|diese domain .{0,40}",
        r"(?:this )?domain (?:name )?(?:has )?expired",
    ),
    saying=_any(
        r"domain(?: name)?(?: \S+)? (?:is|may be|might be) (?:for sale|available|parked)",
        r"buy this domain",
        r"inquire about this domain|parked (?:free|domain)|domain (?:has )?expired",
        r"this (?:web ?page|domain) is parked",
        r"domain (?:ist|steht) .{0,20}(?:zu verkaufen|zum verkauf)",
        r"domaine est (?:à vendre|en vente)",
        r"dominio (?:está|è) (?:en|in) (?:venta|vendita)|domein is te koop|домен продается",
    ),
)

CONSENT = Phrases(
    name=_any(
        r"before you continue.{0,40}|bevor (?:sie|du) .{0,50}|avant d'accéder.{0,40}",
        r"avant de continuer.{0,40}",
        r"antes de (?:ir|continuar).{0,40}|prima di continuare.{0,40}",
        r"voordat je (?:verdergaat|doorgaat).{0,40}",
        r"(?:we |your )?(?:value|respect|care about)? ?(?:your )?(?:privacy|cookies?)(?: "
        r"(?:choices|settings|consent|preferences|matters))?",
        r"(?:cookie|privacy|datenschutz|consent)[- ]?(?:einstellungen|hinweis|wall|manager|"
        r"gate|banner)?",
        r"прежде чем (?:продолжить|перейти).{0,40}|继续前须知|续前.{0,10}|続行する前に.{0,20}",
    ),
    saying=_any(
        r"cookie|consent|privacy|personali[sz]ed (?:ads|content|advertising)|legitimate interest",
        r"(?:our|\d+) (?:\w+ )?(?:partners|vendors)|gdpr|third part(?:y|ies)|tracking|einwillig",
        r"datenschutz",
        r"zustimm|personenbezogen|personalisierte|unsere? partner|dsgvo|consentement",
        r"confidentialité|traceurs",
        r"nos partenaires|rgpd|consentimiento|privacidad|nuestros socios|consenso|riservatezza",
        r"nostri partner|consentimento|privacidade|parceiros|toestemming|privacybeleid",
        r"onze partners",
        r"конфиденциальност|куки|隐私|クッキー|プライバシー",
    ),
)

CONSENT_CONTROL = _any(
    r"(?:yes,? )?(?:i )?(?:accept|agree|allow|reject|decline|refuse|deny|consent)(?: to)?(?: "
    r"all| and continue| and close| cookies| all cookies| non-essential.{0,20}| "
    r"necessary.{0,20})*",
    r"(?:got it|only necessary|necessary only|manage (?:options|preferences|settings|cookies)|"
    r"more options|cookie settings)",
    r"(?:alle[ns]? )?(?:cookies )?(?:akzeptieren|zustimmen|ablehnen|annehmen|erlauben)(?: und "
    r".{0,20})?",
    r"einverstanden|einstellungen verwalten",
    r"(?:tout |j')?(?:accepter|accepte|refuser)(?: et .{0,20}| tout| les cookies)?",
    r"continuer sans accepter",
    r"(?:aceptar|rechazar|acepto)(?: todo| todas| y .{0,20}| cookies)*",
    r"(?:accetta|rifiuta|accetto)(?: tutto| tutti| e .{0,20})*",
    r"(?:aceitar|rejeitar|aceito)(?: tudo| todos| e .{0,20})*",
    r"(?:alles )?(?:accepteren|weigeren|afwijzen|akkoord)",
    r"(?:принять|отклонить|согласен)(?: все)?|接受(?:全部)?|全部(?:接受|拒绝)|同意(?:する)?|"
    r"すべて(?:同意|拒否).{0,6}",
)

NO_SCRIPT = _any(
    r"(?:enable|activate|turn on|requires?|needs?|without|allow) javascript",
    r"javascript (?:is )?(?:required|disabled|must be|to be enabled)",
    r"javascript (?:has been|is) (?:disabled|not enabled)",
    r"javascript (?:aktivieren|ist deaktiviert)|activez javascript|activer javascript",
    r"(?:habilit\w+|activ\w+) javascript|abilit\w+ javascript|ativ\w+ (?:o )?javascript",
    r"schakel javascript",
    r"включите javascript|启用 ?javascript|javascript ?を有効",
)
