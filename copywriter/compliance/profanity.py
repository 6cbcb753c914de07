"""Words that no shop's text holds. Pure data.

Chosen by hand from LDNOOBW's English and Chinese lists (CC BY 4.0), whose other words are mostly ordinary ones, and
those of shops above all: a bastard file, a cockpit, a shuttlecock, tits at the bird table, a Dick of the maker's name,
screws and nuts. Whole words only, so Scunthorpe stands. Packaged filters take those lists whole.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.compliance.rule import Market, Rule, Source, Topic, Wording, lines

WORDS = Wording(
    lines(
        """fuck, fucks, fucked, fucker, fuckers, fuckin, fucking, motherfucker, motherfuckers, motherfucking
        clusterfuck, f*ck, f**k, f*cking, f**king, sh*t, shit, shits, shitty, shithead, bullshit, horseshit
        dipshit, apeshit, asshole, assholes, arsehole, arseholes, cunt, cunts, twat, twats, wanker, wankers
        wank, wanking, dickhead, dickheads, cocksucker, cocksuckers, blowjob, blow job, blowjobs, cumshot
        gangbang, jizz, goddamn, god damn, piss off, pissed off, son of a bitch, slut, sluts, slutty, whore
        whores, nigger, niggers, nigga, niggas, faggot, kike, kikes, wetback, wetbacks, raghead, ragheads
        towelhead, towelheads, retarded, shemale, 他妈的, 操你, 草泥马, 傻逼, 傻屄, 牛逼, 装逼, 妈逼, 王八蛋
        婊子, 狗日的, 鸡巴, 龟儿子, 贱人, 贱货, 骚货, 脑残, 屌丝, 肏, 日你妈, 干你娘, 滚蛋"""
    ),
    unless=(r"flame[\s-]retarded|fire[\s-]retarded",),
    examples=("f***", "s***", "王八蛋"),
)
RULES = (
    Rule(
        "profanity",
        Market.ANY,
        Topic.DECENCY,
        _("Swear words and slurs"),
        Source(
            "LDNOOBW, List of Dirty, Naughty, Obscene and Otherwise Bad Words",
            "English and Chinese",
            "https://github.com/LDNOOBW/List-of-Dirty-Naughty-Obscene-and-Otherwise-Bad-Words",
        ),
        WORDS,
    ),
)
