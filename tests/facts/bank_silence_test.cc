// SPDX-License-Identifier: Apache-2.0
// What looks like an account and is none: a table of its own, all silent; and megabytes of digits that a machine wrote.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "facts/account_spellings.h"
#include "facts/bank/account.h"

namespace threadline::facts {
namespace {

std::string values_of(std::string_view text) {
  std::string values;
  for (const auto& account : find_accounts(text, {})) values += (values.empty() ? "" : " ") + account.kind + ":" + account.value;
  return values;
}

/// '#' is a random digit, '@' a random capital letter, '%' a random hex digit, '~' one of base64's characters.
std::string filled(std::string_view form, std::mt19937& random) {
  constexpr std::string_view kHex = "0123456789abcdef",
                             kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (const char c : form) {
    const auto next = static_cast<std::size_t>(random());
    switch (c) {
      case '#': text += static_cast<char>('0' + next % 10); break;
      case '@': text += static_cast<char>('A' + next % 26); break;
      case '%': text += kHex[next % 16]; break;
      case '~': text += kBase64[next % 64]; break;
      default: text += c;
    }
  }
  return text;
}

struct Form {
  const char* name;
  const char* form;
};
class NoAccount : public testing::TestWithParam<Form> {};
TEST_P(NoAccount, IsReadInWhatHasTheFormOfANumber) {
  constexpr int kEach = 3'000;
  std::mt19937 random(3);
  for (int i = 0; i < kEach; ++i) {
    const auto text = filled(GetParam().form, random);
    ASSERT_EQ(values_of(text), "") << text;
  }
}
INSTANTIATE_TEST_SUITE_P(
    Forms, NoAccount,
    testing::Values(
        Form{"order", "Order no. ##########"}, Form{"order_capitals", "ORDER NO #############"},
        Form{"order_fr", "Commande n\u00b0 FR###########"}, Form{"order_de", "Bestellnummer DE-####-#######"},
        Form{"order_long", "Bestellung 4500######, Position 000##"}, Form{"contract", "Contrat n\u00b0 ###-######-##-####"},
        Form{"invoice", "Facture FA-2024-###### du ##/##/2024"}, Form{"invoice_words", "Invoice INV-2024-#####, ref. ########"},
        Form{"invoice_reference", "RF## #### #### #### ####"}, Form{"belgian_message", "+++###/####/#####+++"},
        Form{"swiss_reference", "## ##### ##### ##### ##### #####"},
        Form{"vat_fr", "TVA FR########### - n\u00b0 intracommunautaire"}, Form{"vat_spaced", "TVA FR ## ### ### ###"},
        Form{"vat_de", "USt-IdNr. DE#########"}, Form{"vat_be", "BTW BE 0###.###.###"},
        Form{"vat_nl", "BTW-nummer NL#########B##"}, Form{"vat_it", "P. IVA IT###########"}, Form{"vat_es", "NIF ESB########"},
        Form{"vat_at", "UID ATU########"}, Form{"vat_gb", "VAT no GB ### #### ##"}, Form{"siret", "SIRET ### ### ### #####"},
        Form{"siret_compact", "SIRET : ##############"}, Form{"siren", "SIREN ### ### ### RCS PARIS"},
        Form{"rcs", "R.C.S. NANTERRE B ### ### ### - APE ####Z"}, Form{"insee", "N\u00b0 SS : 1 ## ## ## ### ### ##"},
        Form{"tracking_upu", "Suivi @@#########FR"}, Form{"tracking_ups", "1Z%%%%%%##########"},
        Form{"tracking_fedex", "Tracking #### #### ####"}, Form{"tracking_dhl", "Sendungsnummer JJD##################"},
        Form{"tracking_gls", "Colis ########### GLS ##"}, Form{"sscc", "(00) #################"},
        Form{"phone_fr", "T\u00e9l. +33 # ## ## ## ## / 0# ## ## ## ##"}, Form{"phone_de", "Tel.: +49 (0) ### / ######-##"},
        Form{"phone_gb", "Phone: +44 (0) ## #### ####, Fax ##### ######"}, Form{"phone_us", "Call (###) ###-#### ext. ####"},
        Form{"phone_country", "FR +33 (0)# ##.##.##.##"}, Form{"meeting", "Meeting ID: ### #### ####, Passcode: ######"},
        Form{"dial_in", "+33 1 7### #### FR, +49 69 #### #### DE, #########"},
        Form{"uuid", "%%%%%%%%-%%%%-4%%%-a%%%-%%%%%%%%%%%%"}, Form{"md5", "%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%"},
        Form{"sha1", "%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%"},
        Form{"sha256", "%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%"},
        Form{"fingerprint", "%%:%%:%%:%%:%%:%%:%%:%%:%%:%%:%%:%%:%%:%%:%%:%%:%%:%%:%%:%%"},
        Form{"pgp", "%%%% %%%% %%%% %%%% %%%%  %%%% %%%% %%%% %%%% %%%%"}, Form{"mac", "%%:%%:%%:%%:%%:%%"},
        Form{"ipv6", "%%%%:%%%%:%%%%:%%%%:%%%%:%%%%:%%%%:%%%%"},
        Form{"xxd", "000000%0: %%%% %%%% %%%% %%%% %%%% %%%% %%%% %%%%  ................"},
        Form{"hexdump", "000000%0  %% %% %% %% %% %% %% %%  %% %% %% %% %% %% %% %%  |................|"},
        Form{"base64_line", "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~"},
        Form{"token", "https://example.com/r?id=~~~~~~~~~~~~~~~~~~~~~~~~"}, Form{"card", "Carte #### #### #### ####"},
        Form{"card_compact", "Card ending: ################"}, Form{"card_masked", "Visa **** **** **** ####"},
        Form{"ean", "EAN 3############"}, Form{"isbn", "ISBN 978-#-###-#####-#"}, Form{"isin", "ISIN FR##########"},
        Form{"isin_letters", "ISIN DE000@@@###, US##########"}, Form{"lei", "LEI 9695############@###"},
        Form{"lei_letters", "LEI ####00@@@@@@@@@@@@##"}, Form{"date_times", "##/##/2024 ##:##:## - ##/##/2024 ##:##:##"},
        Form{"iso_times", "2024-##-##T##:##:##.###Z"}, Form{"amounts", "# ###,## EUR; ## ###,## EUR; ### ###,## EUR"},
        Form{"table", "#####\t#####\t###\t##\n#####\t####\t####\t##\n#####\t#####\t####\t###"},
        Form{"table_pipes", "| #### | ### | ##,## | #### |\n| #### | ### | ##,## | #### |"},
        Form{"meter", "PDL ############## - compteur ########"}, Form{"creditor", "ICS FR##ZZZ######"},
        Form{"mandate", "RUM : ++%%%%%%%%%%%%%%%%%%%%"}, Form{"customs", "MRN ##FR################"},
        Form{"hs", "HS ####.##.## ##; IMEI ###############"}, Form{"plate", "@@-###-@@ FR ##"},
        Form{"post_code", "F-##### PARIS CEDEX ##, DE-##### BERLIN"}, Form{"flight", "AF#### CDG-JFK ##:## PNR @@@@@@"},
        Form{"message_id", "<%%%%%%%%%%%%.%%%%%%%%@mail.example>"},
        Form{"received", "by 2002:a05:####:%%%%:b0:###:%%%%:%%%% with SMTP id @##csp#######wmd"},
        Form{"dkim", "b=~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~=="},
        Form{"coordinates", "48.######, 2.######"}, Form{"version", "v1.##.#-rc.## build ########"},
        Form{"words", "PAIEMENT VIREMENT DOCUMENT CONTRAT"},
        Form{"agency", "Banque Exemple, Agence ##### PARIS, compte client ######, cl\u00e9 ##"},
        Form{"uk_pair", "Ref. ##-##-## ########, lot ##-##-## ########"},
        Form{"uk_day_of_bacs", "BACS 1#-11-2# ######## GBP ###.##"}, Form{"uk_day_of_account", "Account 2#.09.2# ########"},
        Form{"uk_day_and_account", "2#-12-2# account ########"}, Form{"uk_time_of_account", "Account 1#.3#.4# ########"},
        Form{"uk_phone_of_bank", "Bank tel. 0#-##-##-##-## ########"}, Form{"sort", "Please sort code by number: ###### ######"},
        Form{"routing", "routing ######### of packets, account pending"}),
    [](const auto& form) { return std::string(form.param.name); });

constexpr std::size_t kMany = 8'000'000;

std::string repeated(std::string_view line_form, std::mt19937& random) {
  std::string text;
  text.reserve(kMany + 200);
  while (text.size() < kMany) text += filled(line_form, random) + "\n";
  return text;
}

TEST(MegabytesOfMachineText, HoldNoAccount) {
  for (const char* form : {"~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~",
                           "%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%",
                           "00%%%%%0: %%%% %%%% %%%% %%%% %%%% %%%% %%%% %%%%  ................",
                           "00%%%%%0  %% %% %% %% %% %% %% %%  %% %% %% %% %% %% %% %%  |................|",
                           "%% %% %% %% %% %% %% %% %% %% %% %% %% %% %% %% %% %% %% %%", "%%%%%%%% %%%%%%%% %%%%%%%% %%%%%%%%",
                           "0x%%, 0x%%, 0x%%, 0x%%, 0x%%, 0x%%, 0x%%, 0x%%, 0x%%, 0x%%, 0x%%, 0x%%"}) {
    std::mt19937 random(5);
    EXPECT_EQ(values_of(repeated(form, random)), "") << form;
  }
}

TEST(MegabytesOfMachineText, InCapitalsHoldNoAccount) {
  for (std::string form : {"%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%",
                           "00%%%%%0: %%%% %%%% %%%% %%%% %%%% %%%% %%%% %%%%  ................",
                           "00%%%%%0  %% %% %% %% %% %% %% %%  %% %% %% %% %% %% %% %%  |................|"}) {
    std::mt19937 random(6);
    auto text = repeated(form, random);
    for (char& c : text) c = static_cast<char>(c >= 'a' && c <= 'f' ? c - 32 : c);
    EXPECT_EQ(values_of(text), "") << form;
  }
}

TEST(MegabytesOfMachineText, HeadersOfRealMailHoldNoAccount) {
  namespace fs = std::filesystem;
  const fs::path folder = std::string(THREADLINE_SHARED_DIR) + "/corpus";
  if (!fs::exists(folder)) GTEST_SKIP() << "no ../shared/corpus";
  std::size_t mails = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto extension = entry.path().extension();
    if (!entry.is_regular_file() || (extension != ".eml" && extension != ".mbox" && extension != ".txt")) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string raw{std::istreambuf_iterator<char>(in), {}};
    const auto end = std::min(raw.find("\n\n"), raw.find("\r\n\r\n"));
    if (extension == ".txt" && (end == raw.npos || raw.substr(0, end).find(": ") == raw.npos)) continue;
    ++mails;
    EXPECT_EQ(values_of(raw.substr(0, end)), "") << entry.path();
  }
  EXPECT_GT(mails, 0U);
}

}  // namespace
}  // namespace threadline::facts
