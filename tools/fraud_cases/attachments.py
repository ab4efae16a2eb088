# SPDX-License-Identifier: Apache-2.0
"""Small documents that hold a few lines: a PDF of one page, a .docx, an .xlsx; each `(name, type, bytes)`."""
import html as markup
import io
import zipfile

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = "application/vnd.openxmlformats-officedocument."


def package(main, kind, relation_parts):
    """A zip of an Office document: `relation_parts` are (path, type or None, XML)."""
    types = "".join(f'<Override PartName="/{path}" ContentType="{_KINDS}{of}+xml"/>' for path, of, _ in relation_parts if of)
    parts = [("[Content_Types].xml", f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
              f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'),
             ("_rels/.rels", f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="{main}"/></Relationships>')]
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts + [(path, text) for path, _, text in relation_parts]:
            archive.writestr(zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0)), '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
    return data.getvalue()


def docx(name, lines):
    rows = "".join(f'<w:p><w:r><w:t xml:space="preserve">{markup.escape(line, quote=False)}</w:t></w:r></w:p>' for line in lines)
    body = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{rows}</w:body></w:document>'
    return name + ".docx", _KINDS + "wordprocessingml.document", package("word/document.xml", "docx", [("word/document.xml", "wordprocessingml.document.main", body)])


def xlsx(name, lines):
    sheet_names = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = "".join(f'<row r="{i}"><c r="A{i}" t="inlineStr"><is><t xml:space="preserve">{markup.escape(line, quote=False)}</t></is></c></row>' for i, line in enumerate(lines, 1))
    parts = [("xl/workbook.xml", "spreadsheetml.sheet.main", f'<workbook xmlns="{sheet_names}" xmlns:r="{_OFFICE}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>'),
             ("xl/_rels/workbook.xml.rels", None, f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'),
             ("xl/worksheets/sheet1.xml", "spreadsheetml.worksheet", f'<worksheet xmlns="{sheet_names}"><sheetData>{rows}</sheetData></worksheet>')]
    return name + ".xlsx", _KINDS + "spreadsheetml.sheet", package("xl/workbook.xml", "xlsx", parts)


def pdf(name, lines):
    shown = "".join(f"({line.translate(str.maketrans({'(': chr(92) + '(', ')': chr(92) + ')'}))}) Tj T* " for line in lines)
    stream = f"BT /F1 11 Tf 50 780 Td 16 TL {shown}ET".encode("latin-1", "replace")
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
               b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream), b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (table, len(data))
    return name + ".pdf", "application/pdf", data


KINDS = {"pdf": pdf, "docx": docx, "xlsx": xlsx}
