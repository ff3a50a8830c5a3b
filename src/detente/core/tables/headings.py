"""What columns mean, by the names that customs reports, order systems and vendor lists give them.

The one table of such names: whoever takes files of people reads them by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "entry": (
        "entry number", "entry summary number", "entry summary no", "entry no",
        "filer code entry number",
    ),
    "line": ("entry summary line no", "entry summary line number", "line no", "line number"),
    "item": (
        "sku", "sku number", "item", "item number", "item no", "item code", "part", "part number",
        "part no", "material", "material number", "article", "article number", "product code",
        "product id", "style", "货号", "料号", "物料编码", "物料号",
    ),
    "text": (
        "description", "item description", "product", "product name", "product description",
        "goods", "goods description", "material description", "short text", "品名", "商品名称",
        "货物名称", "描述",
    ),
    "code": (
        "hts code", "hts no", "hts number", "hts number full", "htsus number", "htsus", "hts",
        "hs code", "hs", "tariff number", "tariff code", "tariff", "commodity code",
        "commodity number", "harmonized code", "harmonised code", "harmonized tariff code",
        "schedule b", "customs tariff number", "税号", "税则号列", "海关编码", "商品编码", "hs编码",
    ),
    "origin": (
        "country of origin", "country of origin code", "country of origin name", "coo",
        "origin country", "made in", "country of manufacture", "原产国", "原产地",
    ),
    "on": ("entry date", "date of entry", "date", "arrival date", "eta", "import date", "日期"),
    "value": (
        "entered value", "line goods value", "line goods value amount", "customs value",
        "line tariff goods value amount", "total value", "line value", "extended value",
        "extended price", "amount usd", "value usd", "total price", "invoice value", "net value",
        "金额", "总价", "货值",
    ),
    "quantity": ("qty", "order quantity", "数量"),
    "unit": ("uom", "unit of measure", "quantity unit", "单位"),
    "declared_amount": (
        "line duty amount", "line total duty amount", "total duty amount", "tariff duty amount",
        "duty amount", "line tariff duty amount", "duty paid",
    ),
    "declared_rate": ("line tariff duty rate", "ad valorem rate", "duty rate"),
    "liquidated_on": ("liquidation date",),
    "supplier": (
        "vendor", "vendor name", "supplier name", "seller", "shipper", "供应商", "供应商名称",
    ),
    "maker": ("manufacturer", "manufacturer name", "producer", "factory", "制造商", "生产商"),
    "buyer": (
        "customer", "customer name", "client", "sold to", "purchaser", "客户", "客户名称", "买方",
    ),
    "consignee": ("consignee name", "ship to", "deliver to", "收货人"),
    "end_user": ("end user", "final user", "最终用户"),
    "name": (
        "company", "company name", "party", "party name", "partner", "partner name", "legal name",
        "business name", "business partner name", "account name", "entity name", "name 1", "name1",
        "organisation", "organization", "公司", "公司名称", "企业名称", "单位名称", "名称",
    ),
    "country": (
        "vendor country", "supplier country", "country code", "country region", "country key",
        "customer country", "country name", "country iso code", "cty", "ctry", "land",
        "länderschlüssel", "länderkennzeichen", "pays", "país",
        "国家", "国家地区", "国家 地区", "国别", "国家代码",
    ),
    "city": ("town", "location", "ort", "stadt", "ville", "ciudad", "城市", "市"),
    "address": (
        "street", "street address", "address line", "address line 1", "address 1", "vendor address",
        "supplier address", "customer address", "full address", "adresse", "strasse",
        "dirección", "地址", "详细地址", "注册地址",
    ),
}  # fmt: skip
"""Names by what they mean, as `plain_name` gives them; each meaning is a name of itself too."""

_MEANT = {name: meaning for meaning, names in HEADINGS.items() for name in names}


def plain_name(name: str) -> str:
    """The words of a column's name, in small letters."""
    return " ".join(re.sub(r"[\W_]+", " ", name.casefold()).split())


def meaning_of(name: str, wanted: Iterable[str]) -> str:
    """What a column means, of the meanings that are wanted; "" for none of them."""
    plain = plain_name(name)
    own = plain.replace(" ", "_")
    among = set(wanted)
    if own in among:
        return own
    meaning = _MEANT.get(plain, "")
    return meaning if meaning in among else ""
