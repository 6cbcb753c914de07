"""What a model says instead of a text: that it will not, that it cannot, that it needs more, that it was glad to help.

In English and in Chinese. None of it can be said of a product, whatever its facts are.
"""

from __future__ import annotations

import re

_SIGNS = re.compile(
    r"\b(?:i|me|my|we|please|could|request|feel|there|enough|inappropriate|no|not|let|can|would|sufficient|insufficient)\b"
    r"|[我您请抱对以好信希作无法根下]",
    re.I,
)
_REFUSAL = re.compile(
    r"""
    \bi\ (?:was|am|were)\ (?:not\ able|unable)\b
    | \bi\ (?:must|have\ to|need\ to|should)\ (?:decline|refuse|clarify|point\ out|note)\b
    | \bi(?:'d|\ would)\ rather\ not\b | \bi\ (?:refuse|decline)\b | \bi\ hope\ (?:this|that|it)\b
    | \bwe\ apologi[sz]e\b | \bnot\ possible\ (?:for\ me\b|to\ (?:write|describe|create|generate|provide)\b)
    | \binappropriate\ (?:for\ me\ )?to\ (?:write|describe|create|generate|provide)\b
    | \b(?:this|your|the)\ request\ (?:violates|goes|is|cannot|can't|asks)\b
    | \b(?:my|our)\ (?:guidelines|programming|content\ policy|policies|instructions|knowledge\ cutoff)\b
    | \b(?:please|could\ you|can\ you|would\ you)\ (?:please\ )?(?:provide|share|give\ me|specify|clarify|tell\ me)\b
    | \blet\ me\ know\b | \bfeel\ free\ to\ (?:ask|adjust|edit|modify|change|let|contact|use\ this)\b
    | \b(?:there\ is\ not|there\ isn't|not|without)\ enough\ (?:information|data|details?|facts?|context)\b
    | \b(?:is|are|has|have|being)\ (?:in)?sufficient\ (?:information|data|details?)\b
    | \bno\ (?:description|text|copy|sentence)\ (?:can|could)\ be\ (?:written|generated|created)\b
    """,
    re.I | re.X,
)
_CHINESE = re.compile(
    r"作为(?:一[个名款])?(?:大型)?(?:AI|人工智能|语言模型|聊天机器人|虚拟助[手理])|我是(?:一[个名款])?(?:AI|人工智能|语言模型)"
    r"|(?:很|非常|十分)?(?:抱歉|对不起|遗憾)[，,。、！!:：]|^\W*(?:抱歉|对不起|不好意思)"
    r"|我(?:们)?(?:无法|不能|没有办法|没办法|不便|不会|拒绝)|无法(?:生成|提供|完成|撰写|回答|满足|协助|描述)"
    r"|不能(?:生成|撰写|回答|满足您|协助)|^\W*(?:好的|当然可?以?|没问题)[，,。！!]|以下是|下面是|根据您(?:的|提供)"
    r"|请(?:您)?(?:提供|告诉我|告知)(?:更多|我|产品|详细|具体)|信息(?:不足|不够)|没有足够的(?:信息|数据|资料)"
    r"|希望(?:这|对您|能帮|以上)|如(?:果|有)(?:您)?(?:需要|有)(?:其他|任何|更多)(?:问题|帮助|修改)|违反(?:了)?(?:我|内容政策|使用政策)"
)


def is_refusal(sentence: str) -> bool:
    if not _SIGNS.search(sentence):
        return False
    return bool(_REFUSAL.search(sentence) or (not sentence.isascii() and _CHINESE.search(sentence)))
