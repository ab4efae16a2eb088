// SPDX-License-Identifier: Apache-2.0
#include "documents/electronic_invoice.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace threadline::documents {
namespace {

constexpr std::string_view kGerman = "DE89370400440532013000";  ///< samples of the IBAN registry
constexpr std::string_view kFrench = "FR7630006000011234567890189";

std::vector<Document> documents_of(const std::string& xml, const Limits& limits = {}) {
  std::vector<Document> documents;
  Reading reading{.limits = limits, .documents = documents};
  read_document({.part = "2", .name = "bill.xml", .bytes = xml}, reading);
  return documents;
}

/// "kind account|bic|holder|invoice ... {text} notes;" for each document.
std::string read(const std::string& xml, const Limits& limits = {}) {
  std::string line;
  for (const Document& document : documents_of(xml, limits)) {
    line += document.kind;
    for (const Payee& one : document.payees) line += " " + one.account + "|" + one.bic + "|" + one.holder + "|" + one.invoice;
    for (const DocumentText& text : document.texts) line += document.kind == "text" ? " {...}" : " {" + text.content + "}";
    for (const Note& note : document.notes) line += " " + note.code;
    line += ";";
  }
  return line;
}

std::string account(std::string_view name, std::string_view iban) {
  return "<" + std::string(name) + ">" + std::string(iban) + "</" + std::string(name) + ">";
}

std::string ubl(std::string_view means) {
  return R"(<?xml version="1.0" encoding="UTF-8"?><ubl:Invoice xmlns:ubl="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
    xmlns:cac="a" xmlns:cbc="b"><cbc:ID>F-12</cbc:ID>)" +
         std::string(means) + "</ubl:Invoice>";
}

std::string ubl_means(std::string_view iban) {
  return "<cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cac:PayeeFinancialAccount><cbc:ID>" +
         std::string(iban) +
         "</cbc:ID><cbc:Name>Firm Ltd</cbc:Name><cac:FinancialInstitutionBranch><cbc:ID>COBADEFF</cbc:ID>"
         "</cac:FinancialInstitutionBranch></cac:PayeeFinancialAccount></cac:PaymentMeans>";
}

TEST(ElectronicInvoice, UblNamesAPayeeForEachMeansOfPayment) {
  EXPECT_EQ(read(ubl(ubl_means(kGerman))), "xml DE89370400440532013000|COBADEFF|Firm Ltd|F-12;");
  EXPECT_EQ(read(ubl(ubl_means(kGerman) + ubl_means(kFrench))),
            "xml DE89370400440532013000|COBADEFF|Firm Ltd|F-12 FR7630006000011234567890189|COBADEFF|Firm Ltd|F-12;");
  EXPECT_EQ(read(ubl(ubl_means(kGerman) + ubl_means(kGerman))), "xml DE89370400440532013000|COBADEFF|Firm Ltd|F-12;");
}

TEST(ElectronicInvoice, TheAccountOfADebtorIsNoPayee) {
  EXPECT_EQ(read(ubl("<cac:PaymentMeans><cac:PaymentMandate><cac:PayerFinancialAccount>" + account("cbc:ID", kGerman) +
                     "</cac:PayerFinancialAccount></cac:PaymentMandate></cac:PaymentMeans>")),
            "xml;");
  EXPECT_EQ(
      read("<?xml version='1.0'?><rsm:CrossIndustryInvoice><x><ram:SpecifiedTradeSettlementPaymentMeans>"
           "<ram:PayerPartyDebtorFinancialAccount>" +
           account("ram:IBANID", kGerman) + "</ram:PayerPartyDebtorFinancialAccount><ram:PayeePartyCreditorFinancialAccount>" +
           account("ram:IBANID", kFrench) +
           "</ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans></x></rsm:CrossIndustryInvoice>"),
      "xml FR7630006000011234567890189|||;");
  EXPECT_EQ(read("<?xml version='1.0'?><Invoice><InvoiceNumber>1</InvoiceNumber><PaymentMethod><SEPADirectDebit>" +
                 account("IBAN", kGerman) + "</SEPADirectDebit></PaymentMethod></Invoice>"),
            "xml;");
}

struct Row {
  const char* name;
  std::string xml;
  const char* expected;
};

/// One of each format, as its specification nests it.
std::vector<Row> rows() {
  const std::string head = "<?xml version='1.0'?>";
  const std::string means = "<ram:SpecifiedTradeSettlementPaymentMeans><ram:PayeePartyCreditorFinancialAccount>" +
                            account("ram:IBANID", kGerman) +
                            "<ram:AccountName>Firm</ram:AccountName></ram:PayeePartyCreditorFinancialAccount>"
                            "<ram:PayeeSpecifiedCreditorFinancialInstitution><ram:BICID>COBADEFF</ram:BICID>"
                            "</ram:PayeeSpecifiedCreditorFinancialInstitution></ram:SpecifiedTradeSettlementPaymentMeans>";
  return {
      {"Factur-X",
       head +
           "<rsm:CrossIndustryInvoice xmlns:rsm='r'><rsm:ExchangedDocument><ram:ID>F7</ram:ID></rsm:ExchangedDocument>"
           "<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeSettlement>" +
           means + "</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>",
       "xml DE89370400440532013000|COBADEFF|Firm|F7;"},
      {"ZUGFeRD 1",
       head + "<rsm:CrossIndustryDocument><rsm:HeaderExchangedDocument><ram:ID>F8</ram:ID></rsm:HeaderExchangedDocument>" +
           means + "</rsm:CrossIndustryDocument>",
       "xml DE89370400440532013000|COBADEFF|Firm|F8;"},
      {"CII with a domestic account",
       head + "<CrossIndustryInvoice><SpecifiedTradeSettlementPaymentMeans><PayeePartyCreditorFinancialAccount>"
              "<ProprietaryID>12-34</ProprietaryID></PayeePartyCreditorFinancialAccount>"
              "</SpecifiedTradeSettlementPaymentMeans></CrossIndustryInvoice>",
       "xml 12-34|||;"},
      {"UBL in an envelope",
       head +
           "<StandardBusinessDocument><StandardBusinessDocumentHeader/><Invoice><ID>9</ID><PaymentMeans><PayeeFinancialAccount>" +
           account("ID", kGerman) + "</PayeeFinancialAccount></PaymentMeans></Invoice></StandardBusinessDocument>",
       "xml DE89370400440532013000|||9;"},
      {"two bodies of a FatturaPA",
       head +
           "<p:FatturaElettronica "
           "versione='FPR12'><FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento><Numero>1/A</Numero>"
           "</DatiGeneraliDocumento></DatiGenerali><DatiPagamento><DettaglioPagamento><Beneficiario>Ditta</Beneficiario>" +
           account("IBAN", kGerman) +
           "<BIC>B</BIC></DettaglioPagamento></DatiPagamento></FatturaElettronicaBody><FatturaElettronicaBody><DatiGenerali>"
           "<DatiGeneraliDocumento><Numero>2/A</Numero></DatiGeneraliDocumento></"
           "DatiGenerali><DatiPagamento><DettaglioPagamento>" +
           account("IBAN", kFrench) + "</DettaglioPagamento></DatiPagamento></FatturaElettronicaBody></p:FatturaElettronica>",
       "xml DE89370400440532013000|B|Ditta|1/A FR7630006000011234567890189|||2/A;"},
      {"ebInterface",
       head +
           "<eb:Invoice><eb:InvoiceNumber>R1</"
           "eb:InvoiceNumber><eb:PaymentMethod><eb:UniversalBankTransaction><eb:BeneficiaryAccount>"
           "<eb:BIC>B</eb:BIC>" +
           account("eb:IBAN", kGerman) +
           "<eb:BankAccountOwner>Firma</eb:BankAccountOwner></eb:BeneficiaryAccount></eb:UniversalBankTransaction></"
           "eb:PaymentMethod>"
           "</eb:Invoice>",
       "xml DE89370400440532013000|B|Firma|R1;"},
      {"Finvoice",
       head +
           "<Finvoice><InvoiceDetails><InvoiceNumber>55</InvoiceNumber></"
           "InvoiceDetails><EpiDetails><EpiPartyDetails><EpiBfiPartyDetails>"
           "<EpiBfiIdentifier>B</EpiBfiIdentifier></EpiBfiPartyDetails><EpiBeneficiaryPartyDetails><EpiNameAddressDetails>Oy"
           "</EpiNameAddressDetails>" +
           account("EpiAccountID", kGerman) + "</EpiBeneficiaryPartyDetails></EpiPartyDetails></EpiDetails></Finvoice>",
       "xml DE89370400440532013000|B|Oy|55;"},
      {"Facturae",
       head +
           "<fe:Facturae><Invoices><Invoice><InvoiceHeader><InvoiceNumber>77</InvoiceNumber></"
           "InvoiceHeader><PaymentDetails><Installment>"
           "<AccountToBeDebited>" +
           account("IBAN", kFrench) + "</AccountToBeDebited><AccountToBeCredited>" + account("IBAN", kGerman) +
           "</AccountToBeCredited></Installment></PaymentDetails></Invoice></Invoices></fe:Facturae>",
       "xml DE89370400440532013000|||77;"},
      {"KSeF without country",
       head + "<Faktura><Fa><P_2>FV/1</P_2><Platnosc><RachunekBankowy><NrRB>61109010140000071219812874</NrRB><SWIFT>S</SWIFT>"
              "</RachunekBankowy></Platnosc></Fa></Faktura>",
       "xml PL61109010140000071219812874|S||FV/1;"},
      {"a payment order names the creditors",
       head + "<Document><CstmrCdtTrfInitn><PmtInf><DbtrAcct><Id>" + account("IBAN", kFrench) +
           "</Id></DbtrAcct><CdtTrfTxInf><CdtrAgt><FinInstnId><BIC>B</BIC></FinInstnId></CdtrAgt><Cdtr><Nm>Firm</Nm></"
           "Cdtr><CdtrAcct><Id>" +
           account("IBAN", kGerman) + "</Id></CdtrAcct></CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn></Document>",
       "xml DE89370400440532013000|B|Firm|;"},
  };
}

TEST(ElectronicInvoice, EachFormatNamesThePayeeInItsPlace) {
  for (const Row& row : rows()) EXPECT_EQ(read(row.xml), row.expected) << row.name;
}

TEST(ElectronicInvoice, OtherXmlIsReadAsText) {
  EXPECT_EQ(read("<?xml version='1.0'?><note>IBAN</note>"), "text {...};");
  EXPECT_EQ(read("<?xml version='1.0'?><Document><Words>IBAN</Words></Document>"), "text {...};");
  EXPECT_EQ(read("<?xml version='1.0'?><!-- <Invoice> --><Other><Invoice><ID>1</ID></Invoice></Other>"), "text {...};");
}

TEST(ElectronicInvoice, ADeclarationAndCommentsMayStandBeforeTheInvoice) {
  EXPECT_EQ(read("\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- a > b --><?style x?>\n<Invoice>\n<ID> 1 </ID></Invoice>"), "xml;");
}

TEST(ElectronicInvoice, NotesForPeopleAreText) {
  EXPECT_EQ(
      read(ubl("<cbc:Note>Pay to our new account</cbc:Note><cac:PaymentTerms><cbc:Note>30 days</cbc:Note></cac:PaymentTerms>")),
      "xml {Pay to our new account\n30 days\n};");
}

TEST(ElectronicInvoice, ADamagedInvoiceKeepsWhatStandsBeforeTheFaultAndIsReadAsTextToo) {
  const std::string xml = ubl(ubl_means(kGerman) + "<broken");
  EXPECT_EQ(read(xml), "xml DE89370400440532013000|COBADEFF|Firm Ltd|F-12 malformed_container;text {...};");
}

TEST(ElectronicInvoice, AFileInsideIsADocumentOfItsOwn) {
  const auto documents =
      documents_of(ubl("<cac:AdditionalDocumentReference><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode='text/plain' "
                       "filename='rib.txt'>"
                       "SUJBTg==</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"));
  ASSERT_EQ(documents.size(), 2U);
  EXPECT_EQ(documents[1].name, "bill.xml!rib.txt");
  EXPECT_EQ(documents[1].part, "2!rib.txt");
  EXPECT_EQ(documents[1].texts.at(0).content, "IBAN");
}

TEST(ElectronicInvoice, InvoicesInsideOfInvoicesEndAtADepth) {
  EXPECT_EQ(
      documents_of(
          ubl("<cac:Attachment><cbc:EmbeddedDocumentBinaryObject>SUJBTg==</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>"),
          {.document_depth = 0})
          .size(),
      1U);
}

TEST(Limits, invoice_xml_bytes) {
  const std::string xml = ubl(ubl_means(kGerman));
  EXPECT_EQ(read(xml, {.invoice_xml_bytes = xml.size()}), "xml DE89370400440532013000|COBADEFF|Firm Ltd|F-12;");
  EXPECT_EQ(read(xml, {.invoice_xml_bytes = xml.size() - 1}), "xml limit;text {...};");
}

TEST(Limits, invoice_field_bytes) {
  const std::string long_id(kGerman.size() + 1, '7');
  EXPECT_EQ(read(ubl(ubl_means(kGerman)), {.invoice_field_bytes = kGerman.size()}),
            "xml DE89370400440532013000|COBADEFF|Firm Ltd|F-12;");
  EXPECT_EQ(read(ubl(ubl_means(long_id) + ubl_means(kGerman)), {.invoice_field_bytes = kGerman.size()}),
            "xml DE89370400440532013000|COBADEFF|Firm Ltd|F-12 limit;");
}

}  // namespace
}  // namespace threadline::documents
