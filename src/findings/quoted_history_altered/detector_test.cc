// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

struct Pair {
  Mail original{1, "ann@firm.example", "bob@own.example"};
  Mail reply{9, "carl@elsewhere.example", "bob@own.example"};

  Pair() {
    original.text("Please pay the sum of 1.250,00 EUR by Friday. Call 01 23 45 67 89 if in doubt. Kind regards")
        .account(kTrueIban);
    reply.answers(original).quotes(original);
  }

  std::string judged() const {
    Investigation investigation("own.example");
    investigation.judge(original);
    return fired(investigation.judge(reply), "quoted_history_altered");
  }
  std::string& quoted_text() { return reply.facts.conversation.quoted.front().text; }
};

TEST(QuotedHistoryAltered, IsSilentForWhatClientsDoEveryDay) {
  Pair same, wrapped, shortened, shifted;
  wrapped.quoted_text() =
      "[EXTERNAL]\n> Please pay the sum of\n> 1.250,00 EUR by Friday. Call 01 23 45\n> 67 89 if in doubt. Kind regards\nSent "
      "from my phone";
  shortened.quoted_text() = "Please pay the sum of";
  shortened.reply.facts.accounts.clear();
  shifted.reply.facts.conversation.quoted.front().date->at.seconds += 7'200;
  for (const Pair* pair : {&same, &wrapped, &shortened, &shifted}) EXPECT_EQ(pair->judged(), "");
}

TEST(QuotedHistoryAltered, WeighsWhatWasAltered) {
  Pair account, amount, phone;
  account.reply.facts.accounts.front().value = kFraudIban;
  amount.quoted_text() = "Please pay the sum of 9.250,00 EUR by Friday. Call 01 23 45 67 89 if in doubt. Kind regards";
  phone.quoted_text() = "Please pay the sum of 1.250,00 EUR by Friday. Call 01 99 99 99 99 if in doubt. Kind regards";
  EXPECT_EQ(account.judged(), "quoted_history_altered:critical");
  EXPECT_EQ(amount.judged(), "quoted_history_altered:high");
  EXPECT_EQ(phone.judged(), "quoted_history_altered:high");
}

TEST(QuotedHistoryAltered, FiresWhereTheSenderWroteHimselfIntoTheHistory) {
  Pair put_in, alias;
  put_in.original.facts.from = alias.original.facts.from = {person("Ann Miller <ann@firm.example>")};
  put_in.reply.facts.from = {person("Ann Miller <ann.miller@elsewhere.example>")};
  put_in.reply.facts.conversation.quoted.front().from = person("Ann Miller <ann.miller@elsewhere.example>");
  alias.reply.facts.conversation.quoted.front().from = person("Ann Miller <ann.miller@firm-alias.example>");
  EXPECT_EQ(put_in.judged(), "quoted_history_altered:high");
  EXPECT_EQ(alias.judged(), "");
}

/// A copy in which the account stands as given, whole or masked.
struct OfAccount : Pair {
  OfAccount(std::string_view value, bool is_valid, bool is_masked = false) {
    facts::Account& account = reply.facts.accounts.front();
    account.value = value, account.valid = is_valid, account.masked = is_masked;
  }
};

TEST(QuotedHistoryAltered, AnAccountThatFailsItsCheckDigitsIsAnotherAccount) {
  const OfAccount one_digit("FR7630006000011234567890188", false), two_swapped("FR7630006000011243567890189", false),
      check_digits("FR1130006000011234567890189", false);
  for (const OfAccount* pair : {&one_digit, &two_swapped, &check_digits}) {
    EXPECT_EQ(pair->judged(), "quoted_history_altered:critical") << pair->reply.facts.accounts.front().value;
  }
  const OfAccount cut_off("FR76300060000112345678", false), glued("FR763000600001123456789018912", false);
  for (const OfAccount* pair : {&cut_off, &glued}) EXPECT_EQ(pair->judged(), "") << pair->reply.facts.accounts.front().value;
}

TEST(QuotedHistoryAltered, ABritishIbanWithOtherCheckDigitsIsAnotherAccountThoughItsNumberIsTheSame) {
  Pair altered, in_two_notations;
  altered.original.facts.accounts = in_two_notations.original.facts.accounts = {iban("GB29NWBK60161331926819")};
  altered.reply.facts.accounts = {iban("GB11NWBK60161331926819", 0)};
  altered.reply.facts.accounts.front().valid = false;
  in_two_notations.reply.facts.accounts = {iban("60161331926819", 0)};
  in_two_notations.reply.facts.accounts.front().kind = "uk";
  EXPECT_EQ(altered.judged(), "quoted_history_altered:critical");
  EXPECT_EQ(in_two_notations.judged(), "");
}

TEST(QuotedHistoryAltered, AMaskedAccountIsAnotherWhereItsVisibleEndsAre) {
  const OfAccount other_end("FR76********************602", true, true), other_country("DE89**************3000", true, true);
  for (const OfAccount* pair : {&other_end, &other_country}) {
    EXPECT_EQ(pair->judged(), "quoted_history_altered:critical") << pair->reply.facts.accounts.front().value;
  }
  const OfAccount same_end("FR76********************189", true, true), before_the_key("FR76*******************7890", true, true),
      begin_alone("FR763000*******************", true, true);
  for (const OfAccount* pair : {&same_end, &before_the_key, &begin_alone}) {
    EXPECT_EQ(pair->judged(), "") << pair->reply.facts.accounts.front().value;
  }
}

/// A reply with words of its own to a mail whose text the client quoted line by line.
struct Answered : Pair {
  static constexpr std::string_view kText =
      "Dear Bob,\nthe invoice 17 over 1.250,00 EUR, due on Friday, is payable to our account.\n"
      "Please ask Carl before you pay to any other account.\n\nKind regards\nAnn Miller";

  Answered(std::string_view behind, std::string_view added, std::string_view new_text = "Dear Bob, I come back to this.") {
    original.text(kText);
    reply.facts.from = {person("Ann Miller <ann@firm.example>")};
    reply.text(new_text);
    facts::QuotedBlock& block = reply.facts.conversation.quoted.front();
    block.form = facts::QuoteForm::attribution;
    block.text = kText;
    block.text.insert(block.text.find(behind) + behind.size(), added);
  }
  Answered& without_quote_marks() {
    reply.facts.conversation.quoted.front().form = facts::QuoteForm::header_block;
    return *this;
  }
};

TEST(QuotedHistoryAltered, AnAmountThatIsPutIntoASentenceIsAnAlteration) {
  const Answered inside("due on Friday,", " plus 90,00 EUR for storage,"),
      wrapped("due on Friday,", "\nplus EUR 90.00 for storage,"), no_amount("due on Friday,", " plus storage,"),
      no_currency("due on Friday,", " see page 4.12,");
  EXPECT_EQ(inside.judged(), "quoted_history_altered:high");
  EXPECT_EQ(wrapped.judged(), "quoted_history_altered:high");
  EXPECT_EQ(no_amount.judged(), "");
  EXPECT_EQ(no_currency.judged(), "");
  EXPECT_EQ(Answered("due on Friday,", " plus 90,00 EUR for storage,").without_quote_marks().judged(),
            "quoted_history_altered:high");
}

TEST(QuotedHistoryAltered, ASentenceWithAnAmountIsAnAlterationUnlessItMayBeAnAnswer) {
  constexpr std::string_view kBehind = "any other account.", kSentence = "\nStorage of 90,00 EUR is due as well.";
  EXPECT_EQ(Answered(kBehind, kSentence).judged(), "quoted_history_altered:high");
  EXPECT_EQ(Answered(kBehind, kSentence, "Dear Bob,").judged(), "quoted_history_altered:low");
  EXPECT_EQ(Answered(kBehind, kSentence).without_quote_marks().judged(), "quoted_history_altered:low");
  Answered by_recipient(kBehind, kSentence);
  by_recipient.reply.facts.from = {person("Bob Stone <bob@own.example>")};
  by_recipient.reply.facts.to = {person("Ann Miller <ann@firm.example>")};
  EXPECT_EQ(by_recipient.judged(), "quoted_history_altered:low");
}

/// The same with that telephone number among the facts of the quoted level.
struct Called : Answered {
  Called(std::string_view behind, std::string_view added, bool in_signature = false) : Answered(behind, added) {
    facts::Phone phone;
    phone.as_written = "01 99 00 55 66";
    phone.block = 0;
    phone.in_signature = in_signature;
    reply.facts.phones.push_back(phone);
  }
};

TEST(QuotedHistoryAltered, ATelephoneNumberThatIsPutInIsAnAlteration) {
  EXPECT_EQ(Called("Please ask Carl", " on 01 99 00 55 66").judged(), "quoted_history_altered:high");
  EXPECT_EQ(Called("any other account.", "\nCall 01 99 00 55 66 before you pay.").judged(), "quoted_history_altered:high");
  EXPECT_EQ(Called("Please ask Carl", " on 01 99 00 55 66").without_quote_marks().judged(), "quoted_history_altered:high");
}

TEST(QuotedHistoryAltered, ATelephoneNumberOfAFooterOrAnAnswerIsNoAlteration) {
  EXPECT_EQ(Called("any other account.", "\nTel. 01 99 00 55 66", true).judged(), "");
  EXPECT_EQ(Called("any other account.", "\n[Ann] His number is 01 99 00 55 66.").judged(), "");
  EXPECT_EQ(Answered("Please ask Carl", " (file 01 99 00 55 66)").judged(), "");
  Called known("Please ask Carl", " on 01 99 00 55 66");
  known.original.text(std::string(Answered::kText) + "\nCarl: +33 1 99 00 55 66");
  EXPECT_EQ(known.judged(), "");
}

TEST(QuotedHistoryAltered, AnAddressOfAStrangeDomainThatIsPutInIsAnAlteration) {
  constexpr std::string_view kInside = "Please ask Carl";
  EXPECT_EQ(Answered(kInside, " (carl@firm-chairs.example)").judged(), "quoted_history_altered:high");
  EXPECT_EQ(Answered("any other account.", "\nWrite to carl@firm-chairs.example alone.").judged(), "quoted_history_altered:low");
  for (const char* added :
       {" <mailto:carl@firm-chairs.example>", " <carl@firm-chairs.example>", " (carl@firm.example)", " (bob2@own.example)"})
    EXPECT_EQ(Answered(kInside, added).judged(), "") << added;
  EXPECT_EQ(Answered("Ann Miller", "\nabuse@relay.example").judged(), "");
}

TEST(QuotedHistoryAltered, AnAnswerInsideTheQuoteIsNoAlteration) {
  constexpr std::string_view kBehind = "any other account.";
  for (const char* marked :
       {"\n[Ann] 90,00 EUR were paid.", "\n=> 90,00 EUR were paid.", "\n-> 90,00 EUR were paid.", "\nAnn: 90,00 EUR were paid.",
        "\nAM> 90,00 EUR were paid.", "\nMy answer: we paid 90,00 EUR.", "\n*Ann Miller :* 90,00 EUR were paid."}) {
    EXPECT_EQ(Answered(kBehind, marked).judged(), "") << marked;
  }
  for (const char* announced :
       {"Bonjour, mes r\u00e9ponses en rouge ci-dessous.", "Merci, mes compl\u00e9ments plus bas.",
        "Please see my answers below.", "Siehe meine Anmerkungen im Text.", "Ver mis respuestas abajo."}) {
    EXPECT_EQ(Answered(kBehind, " We paid 90,00 EUR in March.", announced).judged(), "") << announced;
  }
  EXPECT_EQ(Answered(kBehind, " We paid 90,00 EUR in March.", "I wait for your answer, as said below.").judged(),
            "quoted_history_altered:high");
}

/// What Ann's reply says who puts an account into a quote of that writer's question; she has shown kTrueIban before.
std::string told_of_account(std::string_view asker, std::string_view answer, std::string_view announced, std::string_view value) {
  Investigation investigation("own.example");
  Mail bill(1, "Ann Miller <ann@firm.example>", "bob@own.example"), question(2, asker, "ann@firm.example");
  Mail reply(3, "Ann Miller <ann@firm.example>", "bob@own.example");
  question.text("Before we pay order 4471 please tell us the account that we are to use, and the final sum.");
  investigation.judge(bill.account(kTrueIban));
  investigation.judge(question);
  reply.answers(question).quotes(question).text(announced);
  facts::Account account = iban(value);
  account.as_written = value, account.block = 0, account.level = 1;
  reply.facts.accounts = {account};
  reply.facts.conversation.quoted.front().text += "\n" + std::string(answer) + std::string(value);
  const auto findings = investigation.judge(reply);
  return fired(findings, "quoted_history_altered") + " " + fired(findings, "bank_account_changed");
}

TEST(QuotedHistoryAltered, AnAccountThatAnswersInsideTheQuoteIsTheSendersOwnWord) {
  const auto told = [](std::string_view answer, std::string_view announced, std::string_view value) {
    return told_of_account("bob@own.example", answer, announced, value);
  };
  EXPECT_EQ(told("=> ", "", kTrueIban), " ");
  EXPECT_EQ(told("", "My answers are in your mail below.", kTrueIban), " ");
  EXPECT_EQ(told("=> ", "", kFraudIban), " bank_account_changed:medium");
  EXPECT_EQ(told("", "Thank you for your order.", kFraudIban), "quoted_history_altered:critical bank_account_changed:medium");
  EXPECT_EQ(told_of_account("Ann Miller <ann@firm.example>", "=> ", "", kFraudIban),
            "quoted_history_altered:critical bank_account_changed:high")
      << "she answers nobody in her own words";
}

/// What is told of a supplier who writes an account behind "IBAN:" in the quote of our form, which held that account, if any, and
/// of his next bill; he has shown kTrueIban before.
std::string told_of_form(std::string_view writer, std::string_view readers, std::string_view held, std::string_view filled) {
  Investigation investigation("own.example");
  Mail bill(1, "Ann Miller <ann@firm.example>", "bob@own.example"), form(2, "bob@own.example", "ann@firm.example");
  Mail reply(3, writer, readers), next(4, "Ann Miller <ann@firm.example>", "bob@own.example");
  form.text("Please complete our form for suppliers and send it back to us. Name: Address: IBAN: Telephone:");
  if (!held.empty()) form.account(held);
  investigation.judge(bill.account(kTrueIban));
  investigation.judge(form);
  reply.answers(form).quotes(form).text("Completed below.");
  facts::Account account = iban(filled);
  account.as_written = filled, account.block = 0, account.level = 1;
  reply.facts.accounts = {account};
  reply.facts.conversation.quoted.front().text.append("\n").append(filled);
  const auto findings = investigation.judge(reply);
  return fired(findings, "quoted_history_altered") + " " + fired(findings, "bank_account_changed") + " " +
         fired(investigation.judge(next.account(kTrueIban)), "bank_account_changed");
}

TEST(QuotedHistoryAltered, AFormThatIsFilledInWithAnAccountKnownBeforeIsLowAndDisputesNothing) {
  const std::string ann = "Ann Miller <ann@firm.example>", critical = "quoted_history_altered:critical ";
  EXPECT_EQ(told_of_form(ann, "bob@own.example", "", kTrueIban), "quoted_history_altered:low  ");
  EXPECT_EQ(told_of_form(ann, "bob@own.example", "", kFraudIban), critical + "bank_account_changed:medium ");
  EXPECT_EQ(told_of_form(ann, "bob@own.example", "DE89370400440532013000", kTrueIban), critical + " bank_account_changed:high")
      << "in the place of our own account";
  EXPECT_EQ(told_of_form(ann, "bob@own.example, eve@third.example", "", kTrueIban), critical + " bank_account_changed:high")
      << "a third firm reads it as our word";
  EXPECT_EQ(told_of_form("Ann Miller <ann@fiirm.example>", "bob@own.example", "", kTrueIban).substr(0, critical.size()), critical)
      << "a lookalike fills it in";
}

TEST(QuotedHistoryAltered, AQuoteThatWasNotDecodedIsReadAsItsText) {
  Pair same, altered;
  for (Pair* pair : {&same, &altered})
    pair->original.text("Dear Bob, the sum of 1.250,00 EUR is due \u00e0 la livraison. Write to orders.chairs@firm.example. Ann");
  constexpr std::string_view kQuoted =
      "Dear Bob, the sum of 1.250,00 EUR is due =C3=A0 la livraison. Write to orders.cha=\nirs@firm.example. Ann";
  same.quoted_text() = altered.quoted_text() = kQuoted;
  altered.quoted_text().replace(kQuoted.find("1.250"), 5, "7.250");
  EXPECT_EQ(same.judged(), "");
  EXPECT_EQ(altered.judged(), "quoted_history_altered:high");
}

TEST(QuotedHistoryAltered, FootersAreNoAlteration) {
  EXPECT_EQ(Answered("Ann Miller", "\nFirm Ltd, 90,00 EUR a day").judged(), "");
  EXPECT_EQ(Answered("any other account.", "\nFirm SAS au capital de 40 000 EUR\n").judged(), "");
}

/// Only ">" before the words of the first mail, the amount another.
struct Unnamed : Pair {
  Unnamed() {
    facts::QuotedBlock& block = reply.facts.conversation.quoted.front();
    block.from = {};
    block.date.reset();
    block.to.clear();
    quoted_text() = "Please pay the sum of 9.250,00 EUR by Friday. Call 01 23 45 67 89 if in doubt. Kind regards";
  }
};

TEST(QuotedHistoryAltered, WordsThatNothingIntroducesAreNoCopyWhereTheyAreOthers) {
  Unnamed boilerplate, part, answered;
  boilerplate.quoted_text() =
      "Please pay only what was ordered. The sum of 700,00 EUR for the crane is not due by Friday, it was paid. Kind regards";
  part.quoted_text() = "Call 01 23 45 67 89 if in doubt.";
  answered.quoted_text() = "Please pay the sum of 1.250,00 EUR by Friday.\nCall 01 23 45 67 89 if in doubt.";
  answered.reply.text("9.250,00 EUR, as I see it.\nI call 01 99 99 99 99.");
  part.reply.facts.accounts.clear(), answered.reply.facts.accounts.clear();
  for (const Unnamed* one : {&boilerplate, &part, &answered}) {
    EXPECT_EQ(one->judged(), "") << one->reply.facts.conversation.quoted.front().text;
  }
}

TEST(QuotedHistoryAltered, OfTwoBillsByOneFormTheOneWithTheSameNumbersIsQuoted) {
  Unnamed pair;
  Mail other(3, "ann@firm.example", "bob@own.example");
  other.text(pair.quoted_text()).account(kTrueIban).subject(pair.original.facts.subject);
  Investigation investigation("own.example");
  investigation.judge(pair.original);
  investigation.judge(other);
  EXPECT_EQ(fired(investigation.judge(pair.reply), "quoted_history_altered"), "");
}

TEST(QuotedHistoryAltered, ALevelWithoutIntroductionIsAlignedByItsPlaceAndItsWords) {
  Unnamed bare, farther_up, short_account;
  farther_up.reply.facts.thread.in_reply_to = "<other@mail.example>";
  farther_up.reply.facts.thread.references = {farther_up.original.facts.message_id, "<other@mail.example>"};
  short_account.original.text("Dear Bob, please pay to FR76 3000 6000 0112 3456 7890 189. Ann");
  short_account.quoted_text() = "Dear Bob, please pay to FR14 2004 1010 0505 0001 3M02 606. Ann";
  short_account.reply.facts.accounts.front().value = kFraudIban;
  EXPECT_EQ(bare.judged(), "quoted_history_altered:high");
  EXPECT_EQ(farther_up.judged(), "quoted_history_altered:high");
  EXPECT_EQ(short_account.judged(), "quoted_history_altered:critical");
}

TEST(QuotedHistoryAltered, ANameWithTheUnitsOfNotesIsThatPerson) {
  Pair same, altered;
  for (Pair* pair : {&same, &altered}) {
    pair->original.facts.from = {person("Ann Miller <ann@firm.example>")};
    pair->reply.facts.conversation.quoted.front().from = {"Ann Miller/Sales/FIRM", ""};
  }
  altered.reply.facts.accounts.front().value = kFraudIban;
  EXPECT_EQ(same.judged(), "");
  EXPECT_EQ(altered.judged(), "quoted_history_altered:critical");
}

TEST(QuotedHistoryAltered, AMailOfFewWordsIsKnownByItsPlaceItsMinuteAndItsSender) {
  const std::string banner = "CAUTION: external mail. Open no attachment unless you know that its content is safe.\n\n";
  Pair altered, honest, elsewhere;
  for (Pair* pair : {&altered, &honest, &elsewhere}) {
    pair->original.text("IBAN: FR76 3000 6000 0112 3456 7890 189").account(kTrueIban);
    pair->quoted_text() = banner + "IBAN: FR76 1450 8000 3008 8123 4567 834";
    pair->reply.facts.accounts.front().value = kFraudIban;
  }
  honest.quoted_text() = banner + "IBAN: FR76 3000 6000 0112 3456 7890 189";
  honest.reply.facts.accounts.front().value = kTrueIban;
  elsewhere.reply.facts.conversation.quoted.front().date->at.seconds -= 86'400;
  EXPECT_EQ(altered.judged(), "quoted_history_altered:critical");
  EXPECT_EQ(honest.judged(), "");
  EXPECT_EQ(elsewhere.judged(), "") << "of another day: another mail";
}

TEST(QuotedHistoryAltered, AnotherAuthorOfALevelWithoutTimeIsAnAlterationWhereItsPlaceTellsTheMail) {
  Pair altered, honest;
  for (Pair* pair : {&altered, &honest}) {
    facts::QuotedBlock& block = pair->reply.facts.conversation.quoted.front();
    pair->original.facts.from = {block.from = person("Ann <ann@bigsupplier.example>")};
    block.date.reset();
  }
  altered.reply.facts.conversation.quoted.front().from = person("Ann <ann@bigsuppller.example>");
  EXPECT_EQ(altered.judged(), "quoted_history_altered:high");
  EXPECT_EQ(honest.judged(), "");
}

TEST(QuotedHistoryAltered, AmountsInEachOthersPlaceAreAnAlteration) {
  const std::string told = "Good day,\nInvoice 311: 1 200,00 EUR\nInvoice 312: 8 900,00 EUR\nKind regards";
  Pair altered, honest, in_columns;
  for (Pair* pair : {&altered, &honest, &in_columns}) pair->original.text(told), pair->quoted_text() = told;
  altered.quoted_text() = "Good day,\nInvoice 311: 8 900,00 EUR\nInvoice 312: 1 200,00 EUR\nKind regards";
  in_columns.quoted_text() = "Good day,\nInvoice 311:\nInvoice 312:\n1 200,00 EUR\n8 900,00 EUR\nKind regards";
  EXPECT_EQ(altered.judged(), "quoted_history_altered:high");
  EXPECT_EQ(honest.judged(), "");
  EXPECT_EQ(in_columns.judged(), "") << "a table that was read by its columns";
}

TEST(QuotedHistoryAltered, AccountsInEachOthersPlaceAreAnAlteration) {
  Pair altered, honest;
  for (Pair* pair : {&altered, &honest}) {
    pair->original.facts.accounts = {iban(kTrueIban), iban(kGermanIban)};
    pair->reply.facts.accounts = {iban(kTrueIban, 0), iban(kGermanIban, 0)};
  }
  std::swap(altered.reply.facts.accounts.front(), altered.reply.facts.accounts.back());
  EXPECT_EQ(altered.judged(), "quoted_history_altered:critical");
  EXPECT_EQ(honest.judged(), "");
}

TEST(QuotedHistoryAltered, NumbersInWordsOfThousandsAndMillionsAreAmounts) {
  const std::pair<std::string, std::string> altered[] = {
      {"1.5 million euros", "1.8 million euros"}, {"3,2 millions d'euros", "3,7 millions d'euros"}, {"12k", "18k"}};
  for (const auto& [told, quoted] : altered) {
    Pair pair;
    pair.original.text("Good day, the sum of " + told + " is left to be paid by Friday. Kind regards");
    pair.quoted_text() = "Good day, the sum of " + quoted + " is left to be paid by Friday. Kind regards";
    EXPECT_EQ(pair.judged(), "quoted_history_altered:high") << quoted;
  }
}

/// A reply whose chosen alternative quotes truly; what the other one says of it is `told`.
struct ToldTwice : Pair {
  facts::QuotedBlock told = reply.facts.conversation.quoted.front();

  ToldTwice() { told.span.part = "2"; }
  std::string judged() {
    reply.facts.conversation.told_otherwise = {{0, told}};
    return Pair::judged();
  }
};

TEST(QuotedHistoryAltered, WhatEitherAlternativeOfTheBodySaysIsCompared) {
  ToldTwice amount, sender, account, honest;
  amount.told.text = "Please pay the sum of 9.250,00 EUR by Friday. Call 01 23 45 67 89 if in doubt. Kind regards";
  sender.original.facts.from = {person("Ann <ann@bigsupplier.example>")};
  sender.reply.facts.conversation.quoted.front().from = sender.original.facts.from.front();
  sender.told.from = person("Ann <ann@bigsuppller.example>");
  account.told.text += " IBAN " + std::string(kFraudIban);
  account.reply.facts.accounts.push_back(iban(kFraudIban));
  account.reply.facts.accounts.back().span.part = "2";
  account.reply.facts.accounts.back().as_written = kFraudIban;
  EXPECT_EQ(amount.judged(), "quoted_history_altered:high");
  EXPECT_EQ(sender.judged(), "quoted_history_altered:high");
  EXPECT_EQ(account.judged(), "quoted_history_altered:critical");
  EXPECT_EQ(honest.judged(), "");
}

}  // namespace
}  // namespace threadline::findings
