"""Pages as servers send them with status 200 in place of content: their build, in other words."""

MENU = (
    '<header><a href="/">Home</a><nav><ul><li><a href="/news">News</a></li><li><a href="/shop">'
    'Shop</a></li><li><a href="/login">Log in</a></li></ul></nav></header>'
)
FOOT = (
    "<footer><p>Copyright 2024 The Oven Ltd, 12 Mill Lane. All rights reserved. We use cookies; "
    'read our <a href="/privacy">privacy policy</a>.</p></footer>'
)
BANNER = (
    '<div id="onetrust-consent-sdk"><div class="ot-sdk-row"><p>We and our partners use cookies to '
    "store and read information on your device, for personalised ads and to measure them. You "
    "may give or withdraw your consent at any time.</p><button>Reject All</button>"
    "<button>Accept All Cookies</button></div></div>"
)


def a_page(body: str, *, title: str = "", head: str = "") -> str:
    """Return a page with nothing around its body."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}'
        f"</head><body>{body}</body></html>"
    )


def a_site_page(body: str, *, title: str = "") -> str:
    """Return a page with the menu, the foot and the notice of a site around its body."""
    return a_page(f"{MENU}<main>{body}</main>{FOOT}{BANNER}", title=title)


CHALLENGES = {
    "cloudflare wait": a_page(
        '<div class="main-wrapper" role="main"><div class="main-content"><h1>oven.example</h1>'
        '<p id="challenge-running">Checking if the site connection is secure</p><noscript>Enable '
        "JavaScript and cookies to continue</noscript></div></div>"
        '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=8a"></script>',
        title="Just a moment...",
    ),
    "cloudflare shell": a_page(
        "<noscript><h2>Enable JavaScript and cookies to continue</h2></noscript>"
        "<script>window._cf_chl_opt={cType:'managed'};</script>",
        title="Just a moment...",
    ),
    "cloudflare wait in German": a_page(
        '<div class="main-wrapper"><h1>oven.example</h1><p>Wir prüfen, ob Sie ein Mensch sind. '
        'Das kann ein paar Sekunden dauern.</p><div class="cf-turnstile"></div></div>',
        title="Nur einen Moment…",
    ),
    "cloudflare block": a_page(
        '<div id="cf-wrapper"><div id="cf-error-details"><h1 data-translate="block_headline">Sorry'
        ", you have been blocked</h1><h2>You are unable to access oven.example</h2><p>A security "
        "service protects this website against attacks. What you did has set it off. Certain "
        "words, commands or broken data can do so.</p><p>Write to the owner of the site, and say "
        "what you were doing when this page came up.</p></div></div>",
        title="Attention Required! | Cloudflare",
    ),
    "older browser check": a_page(
        '<div class="cf-browser-verification"><h1>Checking your browser before accessing oven.'
        "example.</h1><p>This process is automatic. Your browser will go on shortly.</p></div>",
        title="DDoS protection",
    ),
    "perimeterx": a_page(
        '<div id="px-captcha-wrapper"><div class="px-captcha-container"><p>Press & Hold to '
        "confirm "
        'you are a human (and not a bot).</p><div id="px-captcha"></div></div></div>',
        title="Access to this page has been denied",
    ),
    "datadome": a_page(
        "<p id='cmsg'>Please enable JS and disable any ad blocker</p><script>var dd={'host':"
        "'geo.captcha-delivery.com'}</script><script src='https://ct.captcha-delivery.com/c.js'>"
        "</script>",
        title="oven.example",
    ),
    "imperva": a_page(
        '<iframe id="main-iframe" src="/_Incapsula_Resource?CWUDNSAI=9&xinfo=5">Request '
        "unsuccessful. Incapsula incident ID: 7</iframe>"
    ),
    "pardon": a_page(
        "<div class='container'><h1>Pardon Our Interruption</h1><p>As you were browsing, "
        "something "
        "made us think you might be a bot. There are a few reasons this might happen:</p><ul><li>"
        "JavaScript is switched off in your browser.</li><li>You move through this site at a "
        "speed no person has.</li><li>Cookies are disabled.</li></ul></div>",
        title="Pardon Our Interruption",
    ),
    "akamai": a_page(
        '<div id="sec-if-cpt-container"><h2>Security check</h2><p>Please wait while we '
        "verify that "
        "you are human.</p></div>",
        title="oven.example",
    ),
    "search engine": a_page(
        '<form id="captcha-form" action="index" method="post"><div id="recaptcha" '
        'class="g-recaptcha'
        '"></div></form><div>About this page: our systems have noted unusual traffic from your '
        "computer network. This page checks that it is you sending the requests, and not a robot."
        "</div>",
        title="https://search.example/?q=rye",
    ),
    "puzzle": a_page(
        "<form><h4>Type the characters you see in this image</h4><p>We need to make sure you are "
        'not a robot.</p><img src="/captcha/a.jpg"><input name="field-keywords"></form>',
        title="Robot Check",
    ),
    "Spanish": a_page(
        '<h1>Verificación de seguridad</h1><p>Confirma que no eres un robot.</p><div class="'
        'h-captcha"></div>',
        title="Verificación de seguridad",
    ),
    "Chinese": a_page("<h1>安全验证</h1><p>请完成验证。确认您是真人。</p>", title="安全验证"),
}
CONSENTS = {
    "search engine": a_page(
        "<div><h1>Before you continue to Search</h1><div>We use cookies and data to</div><ul><li>"
        "Keep our services running and look for outages</li><li>Count how many people come, and "
        "how our services are used</li></ul><div>If you choose to accept, we will also use cookies"
        " and data to show personalised ads, depending on your settings.</div><div>Choose more "
        'options to see more about your privacy.</div><form action="https://consent.search.example'
        '/save"><input type="submit" value="Reject all"></form><form '
        'action="https://consent.search'
        '.example/save"><input type="submit" value="Accept all"></form></div>',
        title="Before you continue",
    ),
    "search engine in German": a_page(
        "<div><h1>Bevor Sie fortfahren</h1><p>Wir verwenden Cookies und Daten, um unsere Dienste "
        "bereitzustellen und zu messen, wie sie genutzt werden. Wenn Sie zustimmen, zeigen wir "
        "auch personalisierte Werbung.</p><button>Alle ablehnen</button><button>Alle akzeptieren"
        "</button></div>",
        title="Bevor Sie fortfahren",
    ),
    "wall of a newspaper": a_page(
        '<div class="wall"><h2>The Oven with ads and tracking</h2><p>Read on as usual with '
        "ads and "
        "tracking. You can withdraw your consent at any time in our privacy centre.</p><button>"
        "Accept and continue</button><h2>The Oven without tracking</h2><p>Read without ads and "
        "without tracking by third parties, for 3 euros a month.</p><p>Our 183 partners store "
        "information on your device, such as cookies, and read it, to pick ads by your "
        "profile and "
        "to measure them.</p></div>",
        title="The Oven - Consent",
    ),
    "notice around nothing": a_page(f'{MENU}<div id="root"></div>{FOOT}{BANNER}'),
    "French": a_page(
        '<div id="didomi-host"><div class="didomi-popup"><p>Avec votre consentement, nos '
        "partenaires et nous utilisons des cookies ou des technologies similaires pour "
        "stocker vos "
        "données personnelles.</p><button>Accepter et "
        "fermer</button><button>Refuser</button></div>"
        "</div>"
    ),
}
LOGINS = {
    "form": a_page(
        '<form action="/login" method="post"><h1>Welcome back</h1><label>Email</label><input '
        'type="'
        'email" name="email"><label>Password</label><input type="password" '
        'name="password"><button>'
        'Log in</button><a href="/forgot">Forgot your password?</a><p>New to us? <a href="/join">'
        "Create an account</a></p></form>",
        title="The Oven",
    ),
    "form in a site": a_site_page(
        '<h1>Log in</h1><form><input type="text" name="user"><input type="password" name="pw">'
        "</form>",
        title="Log in | The Oven",
    ),
    "first step": a_page(
        '<h1>Sign in</h1><p>Use your Oven account</p><form><input type="email" name="identifier">'
        "<button>Next</button></form><p>Not your computer? Use a private window to sign in.</p>",
        title="Sign in - Oven Accounts",
    ),
    "wall": a_page(
        "<h1>Join Oven to see who else bakes</h1><p>You must log in to view this profile.</p><a "
        'href="/login">Sign in</a>',
        title="Grace | Oven",
    ),
    "German": a_page(
        '<h1>Anmelden</h1><form><input type="text"><input type="password"></form><p>Bitte melden '
        "Sie sich mit Ihren Zugangsdaten an.</p>",
        title="Anmelden",
    ),
    "Russian": a_page(
        '<h1>Вход</h1><form><input type="text"><input type="password"></form>', title="Вход"
    ),
}
NOT_FOUNDS = {
    "plain": a_page("<h1>Not Found</h1><p>There is nothing at this address.</p>", title="404"),
    "in a site": a_site_page(
        "<h1>Page not found</h1><p>The page you are looking for has moved, or never was. Try the "
        "search, or start again from our home page.</p>",
        title="Page not found | The Oven",
    ),
    "with other articles": a_site_page(
        "<h1>Oops! That page can't be found.</h1><p>It looks like nothing was found here. Maybe "
        "one of these helps?</p><h2>Most read</h2>"
        + "<p>The rye of the north is sour and dark, and it keeps for weeks on end in a cool "
        "cellar"
        ". Our author went to see why bakers there never throw a crumb away.</p>" * 4,
        title="Page not found - The Oven",
    ),
    "does not exist": a_site_page(
        "<h1>Sorry, this page isn't available.</h1><p>The link you followed may be broken, or the "
        "page may have been removed.</p>",
        title="The Oven",
    ),
    "German": a_site_page(
        "<h1>Seite nicht gefunden</h1><p>Die Seite wurde verschoben oder gelöscht.</p>",
        title="Seite nicht gefunden - Der Ofen",
    ),
    "French": a_site_page(
        "<h1>Page introuvable</h1><p>Retour à l'accueil.</p>", title="Erreur 404"
    ),
    "Spanish": a_site_page("<h1>Página no encontrada</h1>", title="El horno"),
    "Italian": a_site_page("<h1>Pagina non trovata</h1>", title="Il forno"),
    "Portuguese": a_site_page("<h1>Página não encontrada</h1>", title="O forno"),
    "Dutch": a_site_page("<h1>Pagina niet gevonden</h1>", title="De oven"),
    "Russian": a_site_page("<h1>Страница не найдена</h1>", title="Печь"),
    "Chinese": a_site_page("<h1>页面不存在</h1>", title="烤箱"),
    "Japanese": a_site_page("<h1>ページが見つかりません</h1>", title="窯"),
    "for sale": a_page(
        '<div id="main"><h1>oven.example</h1><p>This domain is for sale! Buy this domain and '
        "start "
        'baking.</p></div><script src="https://img.sedoparking.com/js/a.js"></script>',
        title="oven.example",
    ),
    "parked": a_page(
        "<h1>oven.example</h1><p>oven.example is parked free, courtesy of its registrar. "
        "Would you "
        "like to buy this domain?</p>",
        title="oven.example is parked",
    ),
}
ERRORS = {
    "gateway": a_page(
        "<center><h1>502 Bad Gateway</h1></center><hr><center>nginx/1.24.0</center>",
        title="502 Bad Gateway",
    ),
    "access denied": a_page(
        "<h1>Access Denied</h1><p>You don't have permission to access "
        '"http://oven.example/rye" on '
        "this server.</p><p>Reference #18.5f</p>",
        title="Access Denied",
    ),
    "maintenance": a_page(
        "<h1>Down for maintenance</h1><p>We are back in an hour.</p>", title="The Oven"
    ),
    "unavailable": a_page(
        "<h1>Service Unavailable</h1><p>The server is busy. Please come again later.</p>",
        title="503 Service Temporarily Unavailable",
    ),
    "database": a_page(
        "<h1>Error establishing a database connection</h1>", title="Database Error"
    ),
    "nginx": a_page(
        "<h1>Welcome to nginx!</h1><p>If you see this page, the web server is installed and runs. "
        "It still has to be set up.</p><p>Its documentation is on its site.</p>",
        title="Welcome to nginx!",
    ),
    "apache": a_page(
        "<h1>Apache2 Default Page</h1>"
        + "<p>This is the page that a new server shows, to test that the server runs after it was "
        "installed. Replace it before you go on with the configuration of your site.</p>" * 12,
        title="Apache2 Ubuntu Default Page: It works",
    ),
    "program": a_page(
        "<b>Warning</b>: mysqli_connect(): Connection refused in <b>/var/www/db.php</b> on line "
        "<b>12</b><br>No database could be reached, so there is nothing to show on this page."
    ),
    "too many": a_page("<h1>Too Many Requests</h1><p>Slow down.</p>", title="429"),
    "German": a_page("<h1>Zugriff verweigert</h1><p>Keine Berechtigung.</p>", title="Fehler"),
    "account suspended": a_page("<h1>Account Suspended</h1><p>Call your host.</p>"),
}
EMPTIES = {
    "application": a_page(
        '<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>'
        '<script src="/static/js/main.js"></script>',
        title="The Oven",
    ),
    "application with a menu": a_page(
        f'{MENU}<div id="__next"></div><script src="/app.js"></script>{FOOT}', title="The Oven"
    ),
    "loading": a_page('<div id="app"><p>Loading…</p></div><script src="/a.js"></script>'),
    "a word": a_page("<p>OK</p>"),
    "frames": a_page('<iframe src="https://elsewhere.example/"></iframe>', title="The Oven"),
}
