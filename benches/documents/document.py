"""The document that every engine sets: six pages, a table of 70 rows, seven languages.

`html(number)` is the program's HTML subset, which WeasyPrint reads as it is; `typ(number)` says the same
to typst. The number stands in the title, the page header and each row, so that no two documents share
more than the names in them. With `family` it stands in the title, the header and the footer alone, as in the
declarations of one maker's models.
"""

from html import escape

TITLE = "Declaration of Conformity – Heimdall Gateway HG-{n}"
LEAD = "The applicant declares that the product named below meets the provisions listed in this form, and stands by the answers given."
PAIRS = [
    ("Company", "Nordlicht Geräte GmbH, Große Straße 17, 24937 Flensburg, Germany"),
    ("Contact", "Päivi Äyräväinen-Nyström, tuoteturvallisuuspäällikkö, security@example.com"),
    ("Site, Viet Nam", "Công ty TNHH Thiết bị điện tử Việt Nam, 25 đường Nguyễn Thị Minh Khai, Quận 1, Thành phố Hồ Chí Minh"),
    ("Representative, Japan", "株式会社ノルトリヒト・ジャパン、東京都千代田区丸の内一丁目9番2号 グラントウキョウサウスタワー"),
    ("Representative, Korea", "노르트리히트 코리아 주식회사, 서울특별시 강남구 테헤란로 152, 강남파이낸스센터 27층"),
    ("Representative, China", "北极光设备（上海）有限公司，上海市浦东新区世纪大道100号环球金融中心"),
    ("Representative, Taiwan", "北極光設備股份有限公司，臺北市信義區信義路五段7號臺北一〇一大樓"),
    ("Image digest", "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
]
CLAUSES = [
    ("Unique identification of the device", "Serial number and model stand on the type plate and in the status page, and are part of every report that the device sends."),
    ("Keine universellen Standardpasswörter", "Jedes Gerät trägt ein eigenes Passwort, das in der Fertigung zufällig gezogen wird; siehe Werksanweisung."),
    ("Tietoturvapäivitykset", "Päivitykset allekirjoitetaan ja tarkistetaan ennen asennusta; epäonnistunut päivitys perutaan automaattisesti."),
    ("脆弱性の報告窓口", "窓口と対応期限を公開し、三営業日以内に受領を通知する。修正の状況は少なくとも十四日ごとに報告者へ知らせる。"),
    ("보안 업데이트 지원 기간", "지원 기간은 포장과 제품 페이지에 표시하며 최소 오 년입니다. 기간이 끝나기 여섯 달 전에 사용자에게 알립니다."),
    ("敏感参数的安全存储", "密钥保存在安全元件中，凭据在存储时加密，并且在恢复出厂设置时可靠地删除全部敏感参数。"),
    ("Communication is protected", "TLS 1.3 only, with pinned keys; older versions are refused. Certificates are renewed ninety days before they end."),
]
NOTES = [
    "The applicant will report, without being asked and within thirty days, every change of the product that may affect an answer given in this form, every vulnerability that is being exploited, and every change of the persons named in it.",
    "Fees follow the schedule in force on the date of this declaration, whatever the date of the decision; they are not returned when the application is withdrawn after the laboratory has begun its work.",
    "Changes of wording in the manual need no report, unless the manual is named as evidence.",
]
HEAD = ["No.", "Provision", "Answer", "Detail", "Evidence"]
WIDTHS = [9, 24, 11, 36, 20]
SIGN = [("Place and date", "Flensburg"), ("Name and function", "Dr. Jürgen Groß-Müßiggang, Geschäftsführer"), ("Signature", "")]
SIGN_TEXT = "The undersigned is entitled to bind the applicant and has checked the answers given in this form."


def rows(n, family=False):
    n = "HG" if family else n
    for i in range(70):
        title, detail = CLAUSES[i % len(CLAUSES)]
        yield f"P-{i + 1:02}", title, "Partly" if i % 9 == 4 else "Yes", f"{detail} ({n}/{i + 1})", f"evidence/report-{n}-{i + 1}.pdf"


def html(n, style="", family=False):
    e = escape
    pairs = lambda pairs: "".join(f"<dt>{e(k)}</dt><dd>{e(v)}</dd>" for k, v in pairs)
    cells = lambda row: f'<tr><th scope="row" class="nowrap">{row[0]}</th>' + "".join(f"<td>{e(c)}</td>" for c in row[1:]) + "</tr>\n"
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"/><title>{e(TITLE.format(n=n))}</title>
<meta name="author" content="Nordlicht Geräte GmbH"/><meta name="date" content="2026-06-01"/>
<meta name="identifier" content="declaration {n}"/><style>{style}</style></head>
<body><header><p>Heimdall Gateway HG-{n}</p><p>Declaration of Conformity · Form B</p></header>
<main><h1>Declaration of Conformity</h1><p class="lead">{e(LEAD)}</p>
<h2>1 Applicant</h2><dl>{pairs(PAIRS)}</dl>
<div class="note"><p><b>How to read this form.</b> Each provision is answered <i>yes</i>, <i>partly</i> or <i>not applicable</i>.</p></div>
<h2>2 Provisions</h2><table><colgroup>{"".join(f'<col style="width: {w}%"/>' for w in WIDTHS)}</colgroup>
<thead><tr>{"".join(f"<th>{h}</th>" for h in HEAD)}</tr></thead>
<tbody>{"".join(cells(row) for row in rows(n, family))}</tbody></table>
<h2>3 Changes</h2>{"".join(f"<p>{e(note)}</p>" for note in NOTES)}
<ul>{"".join(f"<li>{e(k)}</li>" for k, _ in PAIRS)}</ul>
<div class="signature"><h2>4 Signature</h2><p>{e(SIGN_TEXT)}</p><dl class="fill-in">{pairs(SIGN)}</dl></div>
</main><footer><p>declaration HG-{n}</p><p>Page <span class="page"></span> of <span class="pages"></span></p></footer></body></html>"""


# What the program does by itself, said to WeasyPrint: pages, running head and foot, page numbers.
PAGED = """
@page { size: A4; margin: 65pt 54pt 66pt;
  @top-left { content: element(head); width: 100%; vertical-align: bottom; padding-bottom: 14pt }
  @bottom-left { content: element(foot); width: 100%; vertical-align: top; padding-top: 14pt } }
body { font: 9.5pt/13.5pt "Noto Sans", "Noto Sans CJK JP"; margin: 0; max-width: none; }
header { position: running(head); margin: 0; } footer { position: running(foot); margin: 0; }
span.page::before { content: counter(page); } span.pages::before { content: counter(pages); }
"""


def typ(n, family=False):
    # Every text goes in as a string: what the others must read as markup is escaped here as well.
    s = lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    pairs = lambda pairs: ", ".join(f"text(fill: muted, {s(k)}), {s(v)}" for k, v in pairs)
    widths = ", ".join(f"{w}%" for w in WIDTHS)
    body = ",\n".join(", ".join(s(c) for c in row) for row in rows(n, family))
    return f"""#set document(title: {s(TITLE.format(n=n))}, author: "Nordlicht Geräte GmbH", date: datetime(year: 2026, month: 6, day: 1))
#let accent = rgb("1f3a5f"); #let muted = rgb("565e68"); #let line = 0.5pt + rgb("c6ccd3")
#set text(font: ("Noto Sans", "Noto Sans CJK JP"), size: 9.5pt, fill: rgb("1c1f23"), lang: "en", hyphenate: false)
#set par(leading: 6.7pt, spacing: 13.7pt)
#let edge(left, right) = text(size: 7.5pt, fill: muted, grid(columns: (1fr, 1fr), left, align(end, right)))
#set page(paper: "a4", margin: (x: 54pt, top: 65pt, bottom: 66pt),
  header: [#edge({s(f"Heimdall Gateway HG-{n}")}, "Declaration of Conformity · Form B") #v(-8pt) #std.line(length: 100%, stroke: line)],
  footer: context [#std.line(length: 100%, stroke: line) #v(-8pt) #edge({s(f"declaration HG-{n}")}, [Page #counter(page).display() of #counter(page).final().first()])])
#show heading: set text(fill: accent)
#show heading.where(level: 1): set text(size: 18pt)
#show heading.where(level: 2): it => block(above: 22pt, below: 9pt, text(size: 12pt, it.body))
#set table(stroke: (x: none, top: none, bottom: line), inset: (x: 5pt, y: 6.2pt))
#show table: set text(size: 8.5pt)
#show table: set par(leading: 5.4pt)
= Declaration of Conformity
#text(size: 11pt, fill: muted, {s(LEAD)})
== 1 Applicant
#table(columns: (28%, 72%), {pairs(PAIRS)})
#block(fill: rgb("f3f6f9"), stroke: (left: 2.5pt + accent), inset: 9pt, width: 100%)[*How to read this form.* Each provision is answered _yes_, _partly_ or _not applicable_.]
== 2 Provisions
#show table.cell: set block(breakable: false)
#table(columns: ({widths}), fill: (_, y) => if y == 0 {{ rgb("e9ecf0") }},
table.header({", ".join(f"text(size: 8pt, fill: accent, weight: 700, {s(h)})" for h in HEAD)}),
{body})
== 3 Changes
{chr(10).join(f"#par({s(note)})" for note in NOTES)}
#list({", ".join(s(k) for k, _ in PAIRS)})
#block(breakable: false)[
== 4 Signature
#par({s(SIGN_TEXT)})
#table(columns: (28%, 72%), rows: 30pt, align: bottom, {pairs(SIGN)})]
"""
