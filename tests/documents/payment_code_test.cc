// SPDX-License-Identifier: Apache-2.0
#include "documents/payment_code.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace threadline::documents {
namespace {

/// "account|bic|holder|invoice", or "none".
std::string read(std::string_view text) {
  const auto payee = read_payment_code(text);
  if (!payee) return "none";
  return payee->account + "|" + payee->bic + "|" + payee->holder + "|" + payee->invoice;
}

std::string with_crlf(std::string_view text) {
  std::string lines;
  for (const char c : text) lines += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return lines;
}

struct Row {
  const char* name;
  const char* text;
  const char* expected;
};

/// Accounts are the registry's samples (ISO 13616); fields in the order of each specification.
const std::vector<Row> kRows{
    {"EPC version 2", "BCD\n002\n1\nSCT\n\nMuster GmbH\nDE89370400440532013000\nEUR12.3\n\n\nRechnung 7\n",
     "DE89370400440532013000||Muster GmbH|"},
    {"EPC version 1 with BIC", "BCD\n001\n1\nSCT\nGEBABEBB\nDupont SA\nBE68539007547034\nEUR1",
     "BE68539007547034|GEBABEBB|Dupont SA|"},
    {"EPC of an unknown version", "BCD\n009\n1\nINST\n\nA\nDE89370400440532013000", "DE89370400440532013000||A|"},
    {"EPC cut before the account", "BCD\n002\n1\nSCT\n\nMuster GmbH\n", "none"},
    {"Swiss QR-bill, structured",
     "SPC\n0200\n1\nCH9300762011623852957\nS\nBeispiel AG\nGasse\n1\n8000\nOrt\nCH\n\n\n\n\n\n\n\n1.00\nCHF",
     "CH9300762011623852957||Beispiel AG|"},
    {"Swiss QR-bill, combined lines", "SPC\n0200\n1\nCH9300762011623852957\nK\nBeispiel AG\nGasse 1\n8000 Ort\n\n\nCH",
     "CH9300762011623852957||Beispiel AG|"},
    {"UPN QR: the second IBAN is the payee's",
     "UPNQR\nSI56191000000123438\n\n\n\nJanez\nCesta 1\nKraj\n00000010000\n\n\nCOST\nRacun "
     "5\n\nSI56263300012039086\nSI00\nPodjetje d.o.o.\n"
     "Ulica 2\nMesto\n123\n",
     "SI56263300012039086||Podjetje d.o.o.|"},
    {"Hungarian credit transfer", "HCT\n001\n1\nOTPVHUHB\nMinta Kft\nHU42117730161111101800000000\nHUF1000\n",
     "HU42117730161111101800000000|OTPVHUHB|Minta Kft|"},
    {"Hungarian request to pay: the payer's account", "RTP\n001\n1\nOTPVHUHB\nMinta\nHU42117730161111101800000000\nHUF1\n",
     "none"},
    {"Croatian order",
     "HRVHUB30\nEUR\n000000000010000\nPLATITELJ\nULICA 1\nZAGREB\nTVRTKA D.O.O.\nULICA 2\nSPLIT\nHR1210010051863000160\nHR01\n1",
     "HR1210010051863000160||TVRTKA D.O.O.|"},
    {"Czech descriptor", "SPD*1.0*ACC:CZ6508000000192000145399+KOMBCZPP*AM:450.00*CC:CZK*RN:PETR%2A DVORAK*",
     "CZ6508000000192000145399|KOMBCZPP|PETR* DVORAK|"},
    {"Czech descriptor without account", "SPD*1.0*AM:450.00*CC:CZK", "none"},
    {"Czech invoice", "SID*1.0*ID:2026-12*DD:20260101*ACC:CZ6508000000192000145399*AM:1", "CZ6508000000192000145399|||2026-12"},
    {"Serbian IPS", "K:PR|V:01|C:1|R:260005601001611379|N:Firma d.o.o.\nBeograd|I:RSD1,00|SF:189",
     "RS35260005601001611379||Firma d.o.o.|"},
    {"Polish transfer", "1234567890|PL|61109010140000071219812874|012345|Firma|Faktura 1|||",
     "PL61109010140000071219812874||Firma|"},
    {"BezahlCode", "bank://singlepaymentsepa?name=Max%20Muster&iban=DE89370400440532013000&bic=COBADEFFXXX&amount=1",
     "DE89370400440532013000|COBADEFFXXX|Max Muster|"},
    {"a link", "https://pay.example/?iban=DE89370400440532013000", "none"},
    {"a card", "BEGIN:VCARD\nVERSION:3.0\nN:Ann\nEND:VCARD", "none"},
    {"words with bars", "a|PL|short|d|e", "none"},
    {"nothing", "", "none"},
};

TEST(PaymentCode, EachFormatNamesThePayeeInItsPlace) {
  for (const Row& row : kRows) EXPECT_EQ(read(row.text), row.expected) << row.name;
}

/// Reference and message stand where each specification has them; a code that ends before them has none.
TEST(PaymentCode, SaysWhatThePaymentIsFor) {
  const auto purpose_of = [](std::string_view text) {
    const auto payee = read_payment_code(text);
    return payee ? payee->purpose : "none";
  };
  const std::string epc = "BCD\n002\n1\nSCT\n\nMuster GmbH\nDE89370400440532013000\nEUR12.3\n\n";
  EXPECT_EQ(purpose_of(epc + "\nRechnung 7\nnote to the payer"), "Rechnung 7");
  EXPECT_EQ(purpose_of(epc + "RF18539007547034\n"), "RF18539007547034");
  EXPECT_EQ(purpose_of(epc), "");
  EXPECT_EQ(
      purpose_of("SPC\n0200\n1\nCH9300762011623852957\nS\nFirma\nRue\n1\n1000\nOrt\nCH\n\n\n\n\n\n\n\n1.00\nCHF\n\n\n\n\n\n\n\n"
                 "SCOR\nRF18539007547034\nFacture 7\nEPD"),
      "RF18539007547034\nFacture 7");
  EXPECT_EQ(
      purpose_of("UPNQR\nSI56191000000123438\n\n\n\nJanez\nCesta 1\nKraj\n00000010000\n\n\nCOST\nRacun 5\n\nSI56263300012039086\n"
                 "SI002026131\nPodjetje"),
      "SI002026131\nRacun 5");
  EXPECT_EQ(purpose_of("SPD*1.0*ACC:CZ6508000000192000145399*MSG:FAKTURA%207*X-VS:2026131"), "2026131\nFAKTURA 7");
  EXPECT_EQ(purpose_of("K:PR|V:01|C:1|R:260005601001611379|N:Firma|S:Racun 5|RO:00123"), "00123\nRacun 5");
  EXPECT_EQ(purpose_of("1234567890|PL|61109010140000071219812874|012345|Firma|Faktura 1|||"), "Faktura 1");
}

TEST(PaymentCode, LinesMayEndInCrlf) {
  for (const Row& row : kRows) EXPECT_EQ(read(with_crlf(row.text)), row.expected) << row.name;
}

TEST(PaymentCode, EveryPrefixOfACodeIsReadWithoutFault) {
  for (const Row& row : kRows) {
    const std::string_view text = row.text;
    for (std::size_t length = 0; length < text.size(); ++length) {
      const std::string exact(text.substr(0, length));
      (void)read_payment_code(exact);
    }
  }
}

}  // namespace
}  // namespace threadline::documents
