"""The Chinese advertising law's list, and what enforcement reads into it. Pure data.

The law names three words and says "and the like"; the further ones are those that regulators have acted on. What the
guide to its enforcement leaves out is left out here too: when something is best used, what a machine's maximum is, a
grade of a standard, the shop's own aims.
"""

from __future__ import annotations

from copywriter.compliance.rule import Wording, lines
from foundation.evidence.wordsets import words

SUPERLATIVES = Wording(
    lines(
        """best, finest, greatest, national-level, state-level, national-grade, highest-level, highest grade
        highest quality, highest standard, highest standards, top-level, top-grade, world-class, world-leading
        ultimate, most advanced, most luxurious, most effective, most comfortable, most beautiful, most powerful
        most reliable, most durable, unparalleled, unrivalled, unrivaled, unmatched, unsurpassed, peerless
        one of a kind, 国家级, 世界级, 宇宙级, 最高级, 最佳, 最好, 最优, 最先进, 最新科技, 最新技术, 最热销
        最热卖, 最便宜, 最流行, 最时尚, 最舒适, 最舒服, 最安全, 最顶级, 最具, 最豪华, 最奢侈, 最高端, 最高档
        最正宗, 最纯正, 最强, 最美, 最符合, 最专业, 最权威, 最完美, 最优质, 最柔软, 最耐用, 顶级, 顶尖, 极品
        极致, 至尊, 终极, 巅峰, 尖端, 王牌, 无与伦比, 独一无二, 绝无仅有, 史无前例, 前所未有, 空前绝后, 万能
        绝对"""
    ),
    unless=(
        r"best\s+(?:before|by|if|served|enjoyed|used|kept|stored|suited|for|when|with|within|results|friends?|fits?|man"
        r"|regards|wishes|eaten|consumed|brewed|drunk|at|in|on|of\s+both|to|practices?|way|time|known)",
        r"(?:at\s+(?:its|their|your|his|her)|works?|fits?|tastes?|looks?|performs?|sounds?|feels?|goes|served|sunday|all\s+the"
        r"|as|your|their|for|second)\s+best",
        r"(?:finest|greatest)\s+(?:setting|grind|mesh|hits|tip|level|scale|common)|(?:to|from|the)\s+finest\s+(?:to|grind)",
        r"a\s+best|best(?=[\s-]+sell)",
        r"最佳(?:食用|饮用|赏味|使用|保存|观看|品尝|储存|佩戴|时间|日期|温度|距离|方法)|万能(?:胶|表|充|遥控|钥匙|扳手)|顶级域名|绝对(?:值|湿度|零度)"
        r"|前所未有的?\s*挑战|最好(?:在|于|不要|先)",
    ),
    examples=("最佳", "国家级", "best", "world-class"),
)
RANK = Wording(
    lines(
        """销量第一, 全国第一, 全网第一, 行业第一, 世界第一, 中国第一, 亚洲第一, 排名第一, 质量第一, 品质第一
        第一品牌, 第一名牌, 唯一, 首选, 全球首发, 全网首发, 全国首家, 全网首家, 首个, 首款, 独家, 销量冠军
        领袖品牌, 领导品牌, 领先品牌, 世界领先, 国内领先, 全国领先, 行业领先, 国际领先, 遥遥领先, 全网最低
        最低价, 史上最低, 最受欢迎, number one, best-selling, bestselling, best seller, best-seller, bestseller
        most popular, market leader, market-leading, the first and only"""
    ),
    patterns=(r"(?:no\.?\s?|#|top\s?)1(?!\s?(?:/|x\b|pencil|lead|grade|size))",),
    signs=words("no no1 1 top top1"),
    unless=(
        r"唯一(?:编号|编码|序列号|识别|标识|码|性)",
        r"(?:size|model|grade|pencil|part|item|step|lot|chapter|volume|vol|opus|op|art|fig)\.?\s+(?:no\.?\s?|#)1",
        r"独家(?:设计|配方)师",
    ),
    examples=("销量第一", "唯一", "全网最低", "No. 1"),
)
STATE = Wording(
    lines(
        """特供, 专供, 国宴, 人民大会堂, 中南海, 国家领导人, 军队专用, 党政机关专用
        state banquet, Great Hall of the People"""
    ),
    unless=(r"专供(?:儿童|婴儿|宠物|女士|男士|孕妇)",),
    examples=("特供", "国宴", "人民大会堂"),
)
SUPERSTITION = Wording(
    lines("改运, 转运珠, 辟邪, 避邪, 旺夫, 旺财, 开光, 消灾, 驱邪, 镇宅, wards off evil, ward off evil"),
    examples=("辟邪", "改运", "开光"),
)
CURE_RATE = Wording(
    lines("治愈率, 有效率, 无副作用, 无毒副作用, 无任何副作用, 零副作用, 见效快, 立竿见影, cure rate"),
    patterns=(r"(?:efficacy|success)\s+rate\s+of\s+\d{1,3}",),
    signs=words("efficacy success"),
    examples=("治愈率", "无副作用", "cure rate"),
)
HEALTH_FOOD = Wording(
    lines(
        "预防疾病, 防病, 增强免疫力, 提高免疫力, 延年益寿, 健康必需, 健康必备, 人体必需, 代替药物, 替代药物, 保证有效"
    ),
    unless=(r"不(?:能|可)(?:代替|替代)药物", r"人体必需(?:氨基酸|脂肪酸|的?营养素|微量元素)"),
    examples=("增强免疫力", "预防疾病"),
)
