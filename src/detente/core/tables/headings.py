"""What columns mean, by the names that customs reports, order systems and vendor lists give them.

The one table of such names: whoever takes files of people reads them by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

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
        "vendor", "vendor name", "supplier name", "seller", "seller name", "shipper",
        "shipper name", "supplier name legal", "supplier legal name", "legal supplier name",
        "vendor name legal", "vendor legal name", "lieferant", "lieferantenname",
        "name des lieferanten", "kreditor", "kreditorenname", "fournisseur", "nom du fournisseur",
        "nom fournisseur", "proveedor", "nombre del proveedor", "nombre proveedor", "fornitore",
        "nome fornitore", "fornecedor", "nome do fornecedor", "leverancier", "naam leverancier",
        "dostawca", "nazwa dostawcy", "tedarikçi", "tedarikçi adı", "поставщик",
        "наименование поставщика", "供应商", "供应商名称", "供货商", "供應商", "供應商名稱",
        "仕入先", "仕入先名", "공급업체", "공급업체명",
    ),
    "maker": (
        "manufacturer", "manufacturer name", "producer", "factory", "hersteller", "herstellername",
        "fabricant", "fabricante", "produttore", "производитель", "制造商", "生产商", "製造商",
        "メーカー", "제조사",
    ),
    "buyer": (
        "customer", "customer name", "client", "client name", "sold to", "sold to name",
        "sold to party", "purchaser", "purchaser name", "buyer name", "customer name legal",
        "customer legal name", "kunde", "kundenname", "name des kunden", "debitor",
        "debitorenname", "käufer", "nom du client", "nom client", "acheteur", "cliente",
        "nombre del cliente", "nombre cliente", "comprador", "nome cliente", "nome do cliente",
        "acquirente", "klant", "klantnaam", "klient", "nazwa klienta", "nabywca", "müşteri",
        "müşteri adı", "покупатель", "заказчик", "клиент", "客户", "客户名称", "买方", "客戶",
        "客戶名稱", "得意先", "得意先名", "고객", "고객명",
    ),
    "consignee": (
        "consignee name", "ship to", "ship to name", "ship to party", "deliver to",
        "deliver to name", "empfänger", "warenempfänger", "name des empfängers", "destinataire",
        "nom du destinataire", "consignatario", "destinatario", "nombre del consignatario",
        "destinatário", "ontvanger", "odbiorca", "alıcı", "грузополучатель", "получатель",
        "收货人", "收貨人", "荷受人", "수하인",
    ),
    "end_user": (
        "end user", "end user name", "final user", "ultimate consignee", "endverwender",
        "endabnehmer", "utilisateur final", "usuario final", "utente finale",
        "конечный пользователь", "最终用户", "最終用戶", "最終需要者",
        "최종사용자",
    ),
    "other_party": (
        "bill to", "bill to name", "bill to party", "invoice to", "payer", "payee", "payee name",
        "remit to", "remit to name", "beneficiary", "beneficiary name", "counterparty",
        "counterparty name", "notify party", "notify party name", "notify", "importer",
        "importer name", "importer of record", "exporter", "exporter name", "consignor",
        "consignor name", "sender", "receiver", "applicant", "drawee", "intermediate consignee",
        "freight forwarder", "carrier", "ordering customer", "rechnungsempfänger", "zahler",
        "begünstigter", "zahlungsempfänger", "importeur", "exporteur", "absender", "bénéficiaire",
        "importateur", "exportateur", "expéditeur", "beneficiario", "importador", "exportador",
        "remitente", "esportatore", "importatore", "beneficiário", "begunstigde", "beneficjent",
        "бенефициар", "контрагент", "отправитель", "грузоотправитель", "交易对手", "交易對手",
        "受益人", "通知人", "付款人", "收款人", "发货人", "輸入者", "輸出者", "수입자", "수출자",
    ),
    "name": (
        "company", "company name", "party", "party name", "partner", "partner name", "legal name",
        "business name", "business partner name", "account name", "entity name",
        "organisation", "organization", "organisation name", "organization name", "full name",
        "full legal name", "name legal", "legal entity", "legal entity name", "company legal name",
        "name of company", "name of party", "name of entity", "business partner", "firma",
        "firmenname", "name der firma", "unternehmen", "unternehmensname", "geschäftspartner",
        "nom", "raison sociale", "société", "nom de la société", "entreprise",
        "nom de l entreprise", "dénomination", "dénomination sociale", "nombre", "nombre completo",
        "razón social", "razon social", "empresa", "nombre de la empresa", "denominación",
        "denominación social", "nome", "ragione sociale", "denominazione", "azienda",
        "nome azienda", "razão social", "nome da empresa", "naam", "bedrijf", "bedrijfsnaam",
        "nazwa", "nazwa firmy", "nazwa podmiotu", "unvan", "ünvan", "firma adı", "şirket",
        "şirket adı", "название", "наименование", "название компании", "наименование организации",
        "организация", "компания", "公司", "公司名称", "企业名称", "单位名称", "名称", "公司名稱",
        "企業名稱", "名稱", "会社名", "企業名", "名前", "取引先名", "회사명", "업체명", "상호",
    ),
    "country": (
        "vendor country", "supplier country", "country code", "country region", "country key",
        "customer country", "country name", "country iso code", "cty", "ctry", "iso country",
        "country code iso", "country iso", "consignee country", "buyer country", "seller country",
        "party country", "partner country", "beneficiary country", "ship to country",
        "bill to country", "sold to country", "country of residence", "country of incorporation",
        "country of registration", "address country", "nation", "land", "ländercode",
        "länderschlüssel", "länderkennzeichen", "staat", "pays", "code pays", "país", "pais",
        "código de país", "código país", "paese", "codice paese", "nazione", "landcode", "kraj",
        "land1", "kod kraju", "ülke", "ülke kodu", "страна", "код страны",
        "国家", "国家地区", "国家 地区", "国别", "国家代码", "國家", "國別", "国", "国名",
        "国コード", "국가", "국가코드",
    ),
    "city": (
        "town", "location", "city name", "city town", "town city", "vendor city", "supplier city",
        "customer city", "consignee city", "buyer city", "ship to city", "bill to city",
        "sold to city", "address city", "ort", "ort01", "ortsname", "stadt", "ville",
        "localité", "commune", "ciudad", "población", "poblacion", "localidad", "città",
        "citta", "comune", "località", "cidade", "plaats", "woonplaats", "miasto",
        "miejscowość", "şehir", "город", "населенный пункт", "城市", "市", "都市",
        "市区町村", "도시",
    ),
    "address": (
        "street", "street address", "street name", "street line", "address line", "vendor address",
        "supplier address", "customer address", "consignee address", "buyer address",
        "seller address", "party address", "partner address", "beneficiary address",
        "ship to address", "bill to address", "sold to address", "ship to street",
        "bill to street", "registered address", "mailing address", "postal address",
        "full address", "adresse", "anschrift", "strasse", "stras", "rue", "adresse complète",
        "dirección", "direccion", "domicilio", "calle", "indirizzo", "endereço", "endereco", "rua",
        "adres", "straat", "ulica", "adresi", "адрес", "улица", "юридический адрес",
        "地址", "详细地址", "注册地址", "詳細地址", "住所", "所在地", "주소",
    ),
}  # fmt: skip
"""Names by what they mean, as `plain_name` gives them; each meaning is a name of itself too."""

_MEANT = {
    name: meaning
    for meaning, names in HEADINGS.items()
    for name in (meaning.replace("_", " "), *names)
}

PARTNERS = ("name", "supplier", "buyer")
"""What the column of a table of partners may mean, the likelier first."""

NAMES = (*PARTNERS, "consignee", "end_user", "maker", "other_party")
"""What a column of names may mean, the likelier first."""

PARTED = (*NAMES, "address")
"""Meanings of columns that may be parted into several with numbers."""


SAYS_NAME = (
    "name", "nom", "naam", "nazwa", "firma", "firmen", "razón", "razon", "razão", "ragione",
    "raison", "denomina", "dénomina", "unternehmen", "unvan", "adı", "наименование", "название",
    "名", "명",
)  # fmt: skip
"""What is in the heading of a column of names where another (`Vendor`) may be one of numbers."""

FURTHER_NAMES = (
    "alias", "aliases", "dba", "d b a", "doing business as", "aka", "a k a", "also known as",
    "known as", "fka", "f k a", "formerly", "trading as", "trades as", "trade style", "t a",
    "operating as", "english", "chinese", "romanized", "romanised", "pinyin", "parent", "parents",
    "parent company", "owner", "owners", "owned by", "controlled by", "shareholder",
    "shareholders", "holding company", "subsidiary", "subsidiaries", "affiliate", "affiliates",
    "muttergesellschaft", "mutterunternehmen", "eigentümer", "inhaber", "gesellschafter",
    "société mère", "propriétaire", "actionnaire", "matriz", "propietario", "accionista",
    "controllante", "proprietario", "владелец", "акционер", "материнская", "别名", "别称", "英文",
    "中文", "拼音", "简称", "母公司", "股东", "控制人", "所有人", "所有者", "別名", "別稱", "簡稱",
    "股東", "英語表記", "親会社", "株主", "별칭", "영문", "모회사", "주주",
)  # fmt: skip
"""What is in the heading of a column that names the party of a row once more, or who owns it."""

NO_PARTIES = (
    "product", "products", "item", "items", "material", "goods", "article", "model", "category",
    "description", "currency", "country", "city", "state", "region", "province", "port", "file",
    "sheet", "unit", "project", "type", "code", "id", "date", "品", "货物", "物料", "项目", "国家",
    "login", "created", "changed", "modified", "updated", "employee", "clerk", "department",
    "warehouse", "plant", "domain", "server", "column", "field", "terms", "tax",
    "国名", "国别", "城市", "省", "单位名", "文件", "日期", "代码", "编码", "编号",
    "설명", "품명", "제품", "국가", "도시",
)  # fmt: skip
"""What is in the heading of a column whose names are none of parties: `Item Name`, `中文品名`."""

PARTS_OF_PERSONS = (
    "first name", "last name", "given name", "given names", "family name", "surname", "middle name",
    "forename", "initials", "vorname", "nachname", "prénom", "nom de famille", "apellido",
    "apellidos", "cognome", "voornaam", "achternaam", "imię", "nazwisko", "фамилия",
)  # fmt: skip
"""What is in the heading of a column that has a part of the name of a person."""

SHORT = 3
"""Letters of a word that other words have in them by chance: `nom` stands in `economic`."""

NUMBERED = re.compile(r"(.*[^\d ]) ?([1-9])")
LINE = " line"
"""What may stand in the names of columns before their number: `address line 2`."""


def plain_name(name: str) -> str:
    """The words of a column's name, in small letters."""
    return " ".join(re.sub(r"[\W_]+", " ", name.casefold()).split())


def parted(plain: str) -> tuple[str, int]:
    """The plain name of a column without the number at its end, and the number; 0 for none."""
    found = NUMBERED.fullmatch(plain)
    base = (found[1] if found else plain).strip()
    return base.removesuffix(LINE) or base, int(found[2]) if found else 0


def continued(plain: Sequence[str], at: int) -> tuple[int, ...]:
    """The columns in which a column goes on: `name 2` after `name 1`, or after `name`.

    Order systems keep a long name or an address in fields of 30 or 40 signs.

    Args:
        plain: the plain names of all columns.
        at: the place of the first.

    Returns:
        Their places, in the order of their numbers. None for a column that is not the first, and
        for one without a number beside which there is a first.
    """
    every = [parted(each) for each in plain]
    base, number = every[at]
    if number > 1 or (not number and (base, 1) in every):
        return ()
    numbers = {after: place for place, (each, after) in enumerate(every) if each == base}
    return tuple(numbers[each] for each in sorted(numbers) if each > 1)


def says_name(plain: str) -> bool:
    """Whether a heading says that names stand below: `Supplier 2` is another supplier."""
    return any(part in plain for part in SAYS_NAME)


def says_further_name(plain: str) -> bool:
    """Whether a heading says that more names of parties stand below: `DBA`, `英文名称`, `Owner`."""
    named = any(_says(word, plain) for word in (*SAYS_NAME, *FURTHER_NAMES))
    return named and not any(_says(word, plain) for word in NO_PARTIES)


def says_part_of_person(plain: str) -> bool:
    """Whether a heading says that parts of names of persons stand below: `First Name`."""
    return any(_says(word, plain) for word in PARTS_OF_PERSONS)


def _says(word: str, plain: str) -> bool:
    """Whether a heading has a word; one that is long or not in Latin letters, also within words."""
    within = word in SAYS_NAME and len(word) > SHORT
    return word in plain if within or not word.isascii() else f" {word} " in f" {plain} "


def meaning_of(name: str, wanted: Iterable[str]) -> str:
    """What a column means, of the meanings that are wanted; "" for none of them."""
    plain = plain_name(name)
    own = plain.replace(" ", "_")
    among = set(wanted)
    if own in among:
        return own
    meaning = _MEANT.get(plain, "")
    base, number = parted(plain)
    if not meaning and number == 1 and _MEANT.get(base) in PARTED:
        meaning = _MEANT[base]
    return meaning if meaning in among else ""
